import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import { reportCpu } from './cpu.ts';

/** The product as it ships, with as many registered things as the harness asks for, over the broker that it names. */
const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
const [things, broker] = process.argv.slice(2);
const backEnd: Record<string, string> = broker === undefined ? {} : { IOT_BACKEND: 'mqtt', MQTT_URL: broker };
const read = readConfig({
  ...backEnd,
  DATA_DIR: dataDir,
  PORT: '0',
  LOG_LEVEL: 'error',
  ADMIN_TOKEN: 'bench-token-bench-token',
});
if (!read.ok) throw new Error(read.problem);
const { app, registry } = await buildApp({ config: read.config });
for (let n = 0; n < Number(things); n += 1) {
  await registry.create({ thingName: `B${n}`, attributes: {}, tags: [], authType: 'none' });
}
await app.listen({ port: 0, host: '127.0.0.1' });
reportCpu((app.server.address() as { port: number }).port);
