import type { Browser, Locator, Page } from '@playwright/test';
import { type Task, traceMainThread } from './main-thread.ts';

const STEPS = 120;
const STEP_PX = 2_400;

/** Every task of the page's main thread while the wheel turns, to the end of the table and back. */
export async function scrollAndTrace(
  browser: Browser,
  { page, table }: { page: Page; table: Locator },
): Promise<{ longestMs: number; longestCpuMs: number; tasks: Task[] }> {
  await table.hover();
  const tasks = await traceMainThread(browser, page, async () => {
    for (const direction of [1, -1]) {
      for (let step = 0; step < STEPS; step++) {
        await page.mouse.wheel(0, direction * STEP_PX);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      }
    }
  });
  return {
    tasks,
    longestMs: Math.max(...tasks.map((task) => task.ms)),
    longestCpuMs: Math.max(...tasks.map((task) => task.cpuMs)),
  };
}
