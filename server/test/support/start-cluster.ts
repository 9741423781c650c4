import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Mosquitto, startMosquitto } from '../../src/bus/testing/mosquitto.ts';
import { emptyDatabase } from '../../src/database/testing/open-test-database.ts';
import { type RunningServer, runServer } from './run-server.ts';
import { startServer } from './start-server.ts';

const KEY = 'keys/credentials.key';
/** Set by `npm run interop:versions`: the folder of another release. One instance is of it, named by the second, the other is ours. */
const { OTHER_RELEASE, OTHER_RELEASE_IS = 'a' } = process.env;

/** Two instances of the product, processes of their own, on one Mosquitto and one database. */
export interface Cluster {
  a: RunningServer;
  b: RunningServer;
  /** Starts one more. */
  join(settings?: Record<string, string>): Promise<RunningServer>;
  stop(): Promise<void>;
}

export async function startCluster(settings: Record<string, string> = {}): Promise<Cluster> {
  const mosquitto: Mosquitto = await startMosquitto();
  const common = {
    DATABASE_URL: await emptyDatabase(),
    IOT_BACKEND: 'mqtt',
    MQTT_URL: `mqtt://127.0.0.1:${mosquitto.port}`,
    LOG_LEVEL: 'warn',
    ...settings,
  };
  // The older release first: the newer one changes the database, and no older one starts after that.
  const first = await startServer(common, OTHER_RELEASE);
  const others: RunningServer[] = [];
  async function join(more: Record<string, string> = {}): Promise<RunningServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'instance-'));
    await mkdir(path.join(folder, 'keys'));
    await copyFile(path.join(first.dataDir, KEY), path.join(folder, KEY));
    const server = await runServer(folder, { ...common, ...more });
    others.push(server);
    return server;
  }
  const second = await join();
  const [a, b] = OTHER_RELEASE !== undefined && OTHER_RELEASE_IS === 'b' ? [second, first] : [first, second];
  return {
    a,
    b,
    join,
    async stop() {
      await Promise.all([first, ...others].map((server) => server.stop()));
      await mosquitto.dispose();
    },
  };
}
