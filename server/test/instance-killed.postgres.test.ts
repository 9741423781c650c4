import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { expect, it } from 'vitest';
import { hasMosquitto } from '../src/bus/testing/mosquitto.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw, type RawCharger } from './support/raw-charge-point.ts';
import { type Cluster, startCluster } from './support/start-cluster.ts';

const ACKNOWLEDGED_BEFORE = 300;
const ACKNOWLEDGED_AFTER = 300;
const RETRY_MS = 1_000;

it.runIf(hasMosquitto)(
  'an instance is killed under load: its charge points go on at the other, and nothing that was answered is missing',
  { timeout: 90_000 },
  async () => {
    const cluster = await startCluster();
    const { a, b } = cluster;
    try {
      const names = Array.from({ length: 12 }, (_, at) => `CP${at}`);
      const overall = async (name: string): Promise<string> => (await b.api<Thing>('GET', `/things/${name}`)).overall;
      for (const thingName of [...names, 'GONE', 'JUST-CAME']) await a.api('POST', '/things', { thingName });
      await eventually(async () => expect(await overall('JUST-CAME')).toBe('never-seen'));
      await connectRaw(a.port, 'GONE', 'ocpp1.6');
      await eventually(async () => expect(await overall('GONE')).toBe('connected'));
      const chargers = names.map((thingName, at) =>
        startCharger(thingName, at % 2 === 0 ? [a.port, b.port] : [b.port]),
      );
      const acknowledged = (): number => chargers.reduce((sum, { answers }) => sum + answers.size, 0);

      await eventually(() => expect(acknowledged()).toBeGreaterThan(ACKNOWLEDGED_BEFORE));
      const justCame = await connectRaw(a.port, 'JUST-CAME', 'ocpp1.6');
      await justCame.ask('[2,"1","Heartbeat",{}]');
      await a.kill();
      const before = chargers.map(({ answers }) => answers.size);
      await eventually(() => expect(acknowledged()).toBeGreaterThan(ACKNOWLEDGED_BEFORE + ACKNOWLEDGED_AFTER));
      await eventually(() => {
        for (const [at, { answers }] of chargers.entries()) expect(answers.size).toBeGreaterThan((before[at] ?? 0) + 5);
      });
      await Promise.all(chargers.map(({ stop }) => stop()));
      for (const { answers } of chargers) for (const count of answers.values()) expect(count).toBe(1);

      // What did not come back is offline, says the one that is left.
      await eventually(async () => expect(await overall('GONE')).toBe('offline'));
      await a.startAgain();
      // What only the killed one knew comes with it: also that one was there, and that it is not any more.
      await eventually(async () => expect(await overall('JUST-CAME')).toBe('offline'));
      for (const { thingName, answers } of chargers) {
        await eventually(async () => {
          const stored = new Set(await answeredIds(b, thingName));
          expect([...answers.keys()].filter((id) => !stored.has(id))).toEqual([]);
        });
      }
    } finally {
      await cluster.stop();
    }
  },
);

/** Asks again and again, at the first of the ports that takes it; a CALL without an answer is sent again. */
function startCharger(thingName: string, ports: readonly number[]) {
  /** How often each CALL was answered, by its message id. */
  const answers = new Map<string, number>();
  let stopped = false;
  let number = 0;

  async function connect(): Promise<RawCharger> {
    for (;;) {
      for (const port of ports) {
        const charger = await connectRaw(port, thingName, 'ocpp1.6').catch(() => null);
        if (charger !== null) return charger;
      }
      await pause(100);
    }
  }

  async function answerTo(charger: RawCharger, id: string): Promise<boolean> {
    const isAnswer = (frame: unknown[]): boolean => frame[0] === 3 && frame[1] === id;
    const until = performance.now() + RETRY_MS * 5;
    while (performance.now() < until && !charger.isEnded()) {
      const count = charger.received.filter(isAnswer).length;
      if (count > 0) {
        answers.set(id, count);
        return true;
      }
      await pause(2);
    }
    return false;
  }

  async function run(): Promise<void> {
    let charger = await connect();
    while (!stopped) {
      number += 1;
      const id = `${thingName}-${number}`;
      const status = { connectorId: 1, errorCode: 'NoError', status: number % 2 === 0 ? 'Available' : 'Preparing' };
      for (;;) {
        charger.send(JSON.stringify([2, id, 'StatusNotification', status]));
        if (await answerTo(charger, id)) break;
        if (charger.isEnded()) charger = await connect();
      }
    }
    charger.tcp.destroy();
  }

  const running = run();
  return {
    thingName,
    answers,
    stop() {
      stopped = true;
      return running;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function answeredIds({ api }: Cluster['b'], thingName: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const filter = `thingName=${thingName}&kind=result&direction=out&limit=500${cursor && `&cursor=${cursor}`}`;
    const page = await api<Page<Message>>('GET', `/messages?${filter}`);
    ids.push(...page.items.map(({ messageId }) => messageId ?? ''));
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return ids;
}
