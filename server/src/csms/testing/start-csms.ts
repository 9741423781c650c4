import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { createMemoryMessageLog } from '../../../test/support/memory-message-log.ts';
import type { BusMessage, MessageBus } from '../../bus/message-bus.ts';
import type { Presence } from '../../bus/presence.ts';
import { inTopic, presenceTopic, thingOfTopic, topicMatcher } from '../../bus/topics.ts';
import { createRecords } from '../../charge-points/records.ts';
import type { StationModel } from '../../charge-points/tolerances/tolerances.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { createEmbeddedRegistry } from '../../registry/embedded/embedded-registry.ts';
import { createCommandService } from '../commands/create-command-service.ts';
import type { VendorMessage } from '../data-transfer/vendor-messages.ts';
import { createCsms } from '../dispatch/csms.ts';
import { createRouteTable, createSendTable } from '../dispatch/route-table.ts';
import { createPresences } from '../presences.ts';

export const NOW = Date.parse('2026-05-04T12:00:00.000Z');
const silent = { info() {}, warn() {}, error() {} };

/** A bus that delivers in the same tick. */
function createMemoryBus(): MessageBus & { sent: BusMessage[] } {
  const handlers: { filter: RegExp; handler: (message: BusMessage) => void }[] = [];
  const sent: BusMessage[] = [];
  return {
    sent,
    publish(message) {
      sent.push(message);
      for (const { filter, handler } of [...handlers]) if (filter.test(message.topic)) handler(message);
    },
    async subscribe(filter, handler) {
      const entry = { filter: topicMatcher(filter), handler };
      handlers.push(entry);
      return async () => void handlers.splice(handlers.indexOf(entry), 1);
    },
    hold: () => () => undefined,
    onLost: () => () => undefined,
    trouble: () => null,
    figures: () => ({ held: 0, lost: 0, refused: 0, connects: 0 }),
    joins: () => 1,
    async close() {},
  };
}

export type TestCsms = Awaited<ReturnType<typeof startCsms>>;

/** The csms role over a real database, and charge points that are frames on the bus. */
export async function startCsms(options: { dataDir?: string; vendorMessages?: readonly VendorMessage[] } = {}) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'csms-')));
  const database = await openTestDatabase(dataDir);
  const bus = createMemoryBus();
  let ids = 0;
  const clock = { now: NOW };
  const log = createMemoryMessageLog();
  const faults = { storage: false };
  const now = (): number => clock.now;
  const newId = (): string => `${dataDir}-${process.hrtime.bigint()}-${++ids}`.slice(-36);
  const store = {
    query: database.query,
    follow: database.follow,
    write: (...queries: Parameters<typeof database.write>) =>
      faults.storage ? Promise.reject(new Error('disk full')) : database.write(...queries),
  };
  const stores = { database: store, now, newId };
  const records = await createRecords({ ...stores, log, dataDir, maxUploadBytes: 1_000, uploadQuotaBytes: 10_000 });
  const registry = await createEmbeddedRegistry({
    database,
    secretKey: randomBytes(32),
    unauthenticatedThings: 'allow',
    now,
  });
  const validator = await createValidator();
  const presences = createPresences();
  const reports: { thingName: string; reported: Record<string, unknown> }[] = [];
  const shadows = {
    report: async (thingName: string, reported: Record<string, unknown>) => void reports.push({ thingName, reported }),
  };
  const protocolOf = (thingName: string): OcppVersion | null => (thingName === 'SEEN' ? 'ocpp1.6' : null);
  const base = { ...stores, ...records, bus, validator, presences, registry, logger: silent };
  const commands = await createCommandService({ ...base, protocolOf, instance: null, callTimeoutSeconds: 30 });
  await commands.giveUpOf(() => false);
  const settings = { heartbeatIntervalSeconds: 300, unknownTokens: 'Invalid' as const };
  let numbers = 1000;
  const deps = {
    ...records,
    shadows,
    settings,
    logger: silent,
    vendorMessages: options.vendorMessages ?? [],
    newTransactionNumber: () => ++numbers,
  };
  const stations = new Map<string, StationModel>();
  const stationOf = (thingName: string) => stations.get(thingName) ?? null;
  const csms = createCsms({
    ...base,
    routes: createRouteTable(deps),
    sends: createSendTable(deps),
    stationOf,
    commands,
    shared: null,
  });
  await csms.start();

  let epoch = 0;
  function present(thingName: string, protocol: OcppVersion, connected = true): Presence {
    if (connected) epoch++;
    const presence = { connectionId: `c${epoch}`, instance: 'i', epoch, connected, protocol, remoteAddress: '::1' };
    announce(thingName, presence);
    return presence;
  }

  const announce = (thingName: string, presence: Presence): void =>
    bus.publish({ topic: presenceTopic(thingName), text: JSON.stringify(presence) });

  /** What was published for a charge point, decoded. */
  const outOf = (thingName: string): unknown[][] =>
    bus.sent
      .filter(({ topic }) => topic.endsWith('/out') && thingOfTopic(topic) === thingName)
      .map(({ text }) => JSON.parse(text) as unknown[]);

  /** As the gateway does: into the log, then on the bus. */
  function say(thingName: string, frame: unknown): void {
    const text = JSON.stringify(frame);
    const [type, messageId, action] = frame as [number, string, string];
    if (type === 2) log.add({ thingName, at: clock.now, messageId, action, frame: text });
    bus.publish({ topic: inTopic(thingName), text });
  }

  let messages = 0;
  /** Sends a CALL and waits for its answer: the payload of a CALLRESULT, or a CALLERROR's code. */
  async function call(thingName: string, action: string, payload: unknown): Promise<unknown> {
    const messageId = `m${++messages}`;
    say(thingName, [2, messageId, action, payload]);
    for (;;) {
      const answer = outOf(thingName).findLast((frame) => frame[0] !== 2 && frame[1] === messageId);
      if (answer) return answer[2];
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const token = (idToken: string, facts: Record<string, unknown> = {}) =>
    records.idTokens.put({
      idToken,
      type: 'ISO14443',
      status: 'Accepted',
      expiresAt: null,
      groupIdToken: null,
      concurrentLimit: 1,
      language: null,
      note: null,
      ...facts,
    });

  async function stop({ keepData = false } = {}): Promise<void> {
    await csms.close();
    await commands.close();
    await records.transactions.end();
    await database.close();
    if (!keepData) await rm(dataDir, { recursive: true, force: true });
  }

  return {
    dataDir,
    bus,
    clock,
    faults,
    ...records,
    database,
    registry,
    reports,
    stations,
    commands,
    present,
    announce,
    say,
    outOf,
    call,
    token,
    stop,
  };
}
