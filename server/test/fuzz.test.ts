import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFuzz } from '../fuzz/fuzz.ts';
import { readEverything } from '../fuzz/read-everything.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// The beginning of what `npm run fuzz` does for a million frames.

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'error', MAX_FRAMES_PER_SECOND: '1000000' });
}, 30_000);
afterAll(() => server.stop(), 15_000);

test('whatever comes, each CALL gets one answer, nothing else gets one, and all can be read afterwards', {
  timeout: 120_000,
}, async () => {
  const { sent, findings } = await runFuzz({ target: server, frames: 1_000, seed: 6, chargePoints: 6 });
  expect(findings).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(1_000);
  const { read, findings: unreadable } = await readEverything(server, Date.now(), 5);
  expect(unreadable).toEqual([]);
  expect(read.size).toBeGreaterThan(60);
  expect(server.isRunning()).toBe(true);
  // Two lines say where it is; an error would be one more.
  expect(server.output()).toMatch(/^Console .*\nOCPP .*$/);
});
