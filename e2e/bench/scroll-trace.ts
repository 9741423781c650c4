import type { Browser, Locator, Page } from '@playwright/test';

interface Task {
  ms: number;
  cpuMs: number;
}
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

const STEPS = 120;
const STEP_PX = 2_400;

/** Every task of the page's main thread while the wheel turns, to the end of the table and back. */
export async function scrollAndTrace(
  browser: Browser,
  { page, table }: { page: Page; table: Locator },
): Promise<{ longestMs: number; longestCpuMs: number; tasks: Task[] }> {
  await table.hover();
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  for (const direction of [1, -1]) {
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(0, direction * STEP_PX);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const tasks = mainThreadTasks(traceEvents);
  return {
    tasks,
    longestMs: Math.max(...tasks.map((task) => task.ms)),
    longestCpuMs: Math.max(...tasks.map((task) => task.cpuMs)),
  };
}

function mainThreadTasks(events: TraceEvent[]): Task[] {
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return events
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(`${event.pid} ${event.tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1_000, cpuMs: tdur / 1_000 }));
}
