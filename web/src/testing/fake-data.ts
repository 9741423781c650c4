import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { DoorEntry, FleetSummary, OverallState, Thing } from '@cpo-console/shared/api/things.ts';
import type { MeterValue, Transaction } from '@cpo-console/shared/api/transactions.ts';
import { type ChargePointState, initialState } from '@cpo-console/shared/projection/charge-point-state.ts';

/** A fleet to look at: the same in tests, in `vite --mode fake` and in pictures. */
export const FAKE_NOW = Date.now();
const ago = (seconds: number): string => new Date(FAKE_NOW - seconds * 1000).toISOString();

const MODELS: [string, string, string][] = [
  ['Acme', 'ABC 123', '10.9.8.ABC'],
  ['Volt', 'V2 Duo', '3.1.0'],
  ['Kite', 'AC 11', '1.0.3'],
  ['Kite', 'HPC 150', '2.14.2'],
];
const OVERALL: OverallState[] = [
  'charging',
  'connected',
  'charging',
  'connected',
  'faulted',
  'connected',
  'booting',
  'offline',
  'never-seen',
  'connected',
];

function stateOf(thingName: string, overall: OverallState, index: number): ChargePointState {
  const blank = initialState(thingName);
  if (overall === 'never-seen') return blank;
  const [vendorName, model, firmwareVersion] = MODELS[index % MODELS.length] as [string, string, string];
  const connected = overall !== 'offline';
  const v16 = index % 3 === 1;
  const status = (nth: number) => {
    if (overall === 'faulted' && nth === 1) return 'Faulted';
    if (overall === 'charging' && nth === 2) return v16 ? 'Charging' : 'Occupied';
    return 'Available';
  };
  return {
    ...blank,
    connected,
    connectionId: `c${index}`,
    connectedAt: FAKE_NOW - 5_000_000,
    disconnectedAt: connected ? null : FAKE_NOW - 11_000_000,
    protocol: v16 ? 'ocpp1.6' : index % 3 === 2 ? 'ocpp2.1' : 'ocpp2.0.1',
    remoteAddress: `10.1.4.${index % 250}`,
    lastSeenAt: FAKE_NOW - (index % 60) * 1000,
    boot: {
      status: overall === 'booting' ? 'Pending' : 'Accepted',
      at: FAKE_NOW - 4_990_000,
      reason: v16 ? null : 'PowerUp',
      interval: 300,
    },
    chargingStation: {
      vendorName,
      model,
      firmwareVersion,
      serialNumber: `SN${10_000 + index}`,
      modem: { iccid: '8981100000000000000', imsi: '440100000000000' },
    },
    connectors: [1, 2].map((nth) => ({
      evseId: v16 ? null : nth,
      connectorId: v16 ? nth : 1,
      status: status(nth),
      since: FAKE_NOW - 600_000,
      ...(status(nth) === 'Faulted' && { errorCode: 'GroundFailure', info: 'leak on L2' }),
    })),
    transactions:
      overall === 'charging'
        ? [
            {
              transactionId: `f3a1-${index}`,
              evseId: v16 ? null : 2,
              connectorId: v16 ? 2 : 1,
              idToken: '04A2B3C4D5',
              startedAt: FAKE_NOW - 5_900_000,
              meterStartWh: 0,
              energyWh: 12_100,
              powerW: 7400,
              soc: 41,
              chargingState: 'Charging',
              lastMeterAt: FAKE_NOW,
              startSeen: true,
              lastEventAt: FAKE_NOW,
              seen: [[0, 4]],
            },
          ]
        : [],
    recentEvents: [
      { at: FAKE_NOW - 5_000_000, name: 'connected', detail: 'from 10.1.4.7' },
      { at: FAKE_NOW - 4_990_000, name: 'booted', detail: 'PowerUp' },
      { at: FAKE_NOW - 600_000, name: 'status', detail: '2: Available → Occupied' },
    ],
    counters: { framesIn: 1204 + index, framesOut: 1198, malformed: 0, errors: 1, violations: 3 },
  };
}

export function fakeThing(index: number, thingName = `CP-${String(index).padStart(4, '0')}`): Thing {
  const overall = OVERALL[index % OVERALL.length] ?? 'connected';
  const state = stateOf(thingName, overall, index);
  return {
    thingName,
    attributes: { site: 'Shibuya 3' },
    tags: index % 2 ? ['tokyo', 'ac'] : ['osaka'],
    auth: { type: index % 4 ? 'basic' : 'none', passwordOfferedAt: null, securityProfile: null },
    sandbox: false,
    protocol: state.protocol,
    connected: state.connected,
    lastSeenAt: state.lastSeenAt === null ? null : new Date(state.lastSeenAt).toISOString(),
    createdAt: ago(9_000_000),
    overall,
    state,
  };
}

export function fakeFleet(things: Thing[]): FleetSummary {
  const byState: FleetSummary['byState'] = {
    connected: 0,
    charging: 0,
    faulted: 0,
    booting: 0,
    offline: 0,
    'never-seen': 0,
  };
  for (const thing of things) byState[thing.overall]++;
  const wave = Array.from({ length: 60 }, (_, second) =>
    Math.round(300 + 40 * Math.sin(second / 5) + (second % 7) * 6),
  );
  return {
    total: things.length,
    byState,
    activeTransactions: byState.charging,
    messagesPerSecond: 312,
    messagesLastMinute: wave,
  };
}

export const FAKE_DOOR: DoorEntry[] = [
  {
    thingName: 'CP2',
    reason: 'not-registered',
    remoteAddress: '10.1.4.7',
    offeredProtocols: ['ocpp2.0.1'],
    tries: 6,
    firstAt: ago(120),
    lastAt: ago(4),
  },
  {
    thingName: 'CP-0003',
    reason: 'bad-credentials',
    remoteAddress: '10.1.4.9',
    offeredProtocols: ['ocpp1.6'],
    tries: 31,
    firstAt: ago(4000),
    lastAt: ago(40),
  },
];

type Part = Partial<Message> & Pick<Message, 'kind' | 'direction' | 'frame'>;
export function fakeMessage(id: number, part: Part, secondsAgo = 0): Message {
  return {
    id: String(id),
    thingName: 'CP-0000',
    connectionId: 'c0',
    at: ago(secondsAgo),
    action: null,
    messageId: null,
    bytes: part.frame.length,
    ...part,
  };
}

const SCRIPT: [action: string, direction: 'in' | 'out', request: unknown, answer: unknown][] = [
  [
    'BootNotification',
    'in',
    { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'ABC 123' } },
    { status: 'Accepted', interval: 300, currentTime: ago(100) },
  ],
  ['StatusNotification', 'in', { timestamp: ago(99), connectorStatus: 'Available', evseId: 1, connectorId: 1 }, {}],
  [
    'GetVariables',
    'out',
    { getVariableData: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }] },
    { getVariableResult: [] },
  ],
  [
    'TransactionEvent',
    'in',
    {
      eventType: 'Started',
      timestamp: '2026-11-22T12:05:44',
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'f3a1', chargingState: 'Charging' },
      evse: { id: 2, connectorId: 1 },
    },
    {},
  ],
  [
    'TransactionEvent',
    'in',
    {
      eventType: 'Updated',
      timestamp: ago(60),
      triggerReason: 'MeterValuePeriodic',
      seqNo: 1,
      transactionInfo: { transactionId: 'f3a1' },
    },
    {},
  ],
  ['Heartbeat', 'in', {}, { currentTime: ago(30) }],
  ['RequestStopTransaction', 'out', { transactionId: 'f3a1' }, { status: 'Accepted' }],
  ['SetChargingProfile', 'out', { evseId: 2 }, undefined],
];

/** Newest first. */
export function fakeMessages(rounds: number): Message[] {
  const messages: Message[] = [];
  let id = 1;
  const total = rounds * SCRIPT.length;
  for (let step = 0; step < total; step++) {
    const [action, direction, request, answer] = SCRIPT[step % SCRIPT.length] as (typeof SCRIPT)[number];
    const secondsAgo = (total - step) * 4;
    const messageId = `m${step}`;
    const common = { action, messageId, thingName: step % 5 === 4 ? 'CP-0002' : 'CP-0000' };
    const broken = action === 'TransactionEvent' && step % SCRIPT.length === 3;
    const violations = broken
      ? [
          {
            path: '/timestamp',
            rule: 'format',
            message: 'has no time zone; a date-time needs one.',
            code: 'FormatViolation' as const,
          },
        ]
      : undefined;
    messages.push(
      fakeMessage(
        id++,
        {
          ...common,
          kind: 'call',
          direction,
          frame: JSON.stringify([2, messageId, action, request]),
          ...(violations && { violations }),
        },
        secondsAgo,
      ),
    );
    if (answer !== undefined) {
      messages.push(
        fakeMessage(
          id++,
          {
            ...common,
            kind: 'result',
            direction: direction === 'in' ? 'out' : 'in',
            frame: JSON.stringify([3, messageId, answer]),
            latencyMs: 4 + (step % 40),
          },
          secondsAgo - 0.02,
        ),
      );
    }
    if (step % 13 === 12)
      messages.push(
        fakeMessage(
          id++,
          {
            action: 'connected',
            kind: 'event',
            direction: 'in',
            frame: JSON.stringify({ protocol: 'ocpp2.0.1', remoteAddress: '10.1.4.9', instance: 'a' }),
          },
          secondsAgo - 1,
        ),
      );
  }
  return messages.reverse();
}

export const FAKE_COMMANDS: Command[] = [
  {
    id: 'k2',
    thingName: 'CP-0000',
    action: 'GetVariables',
    payload: { getVariableData: [] },
    messageId: 'x2',
    status: 'error',
    error: { code: 'FormatViolation', description: 'getVariableData is empty', details: {} },
    createdAt: ago(40),
    sentAt: ago(40),
    answeredAt: ago(39.9),
    expiresAt: null,
    sentBy: 'ada',
  },
  {
    id: 'k1',
    thingName: 'CP-0000',
    action: 'Reset',
    payload: { type: 'OnIdle' },
    messageId: 'x1',
    status: 'answered',
    response: { status: 'Accepted' },
    createdAt: ago(400),
    sentAt: ago(400),
    answeredAt: ago(399.786),
    expiresAt: null,
    sentBy: 'ada',
  },
];

export const FAKE_SESSIONS: Transaction[] = Array.from({ length: 40 }, (_, index) => ({
  id: `s${index}`,
  thingName: `CP-${String(index * 10).padStart(4, '0')}`,
  transactionId: `f3a1c2d4-${index}`,
  protocol: 'ocpp2.0.1',
  evseId: 2,
  connectorId: 1,
  idToken: '04A2B3C4D5',
  startedAt: ago(5900 + index * 3000),
  stoppedAt: index < 3 ? null : ago(1000 + index * 3000),
  stopReason: index < 3 ? null : 'EVDisconnected',
  meterStart: 100_000,
  meterStop: index < 3 ? null : 112_100,
  energyWh: 12_100,
  powerW: index < 3 ? 7400 : null,
  chargingState: index < 3 ? 'Charging' : null,
  active: index < 3,
  closedBy: null,
  startSeen: true,
  startTrigger: 'Authorized',
  remoteStartId: null,
  stopTrigger: index < 3 ? null : 'EVDeparted',
  stopIdToken: null,
  chargingSeconds: null,
  stuck: index === 2 ? 'connector-free' : null,
  offline: false,
  missingEvents: index === 1 ? [{ from: 3, to: 5 }] : [],
  firstReceivedAt: ago(5900 + index * 3000),
  lastReceivedAt: ago(1000),
}));

export const FAKE_METER: MeterValue[] = Array.from({ length: 60 }, (_, index) => ({
  at: ago(5900 - index * 90),
  samples: [
    {
      value: 7200 + 300 * Math.sin(index / 4),
      raw: '7200',
      measurand: 'Power.Active.Import',
      unit: 'W',
      phase: null,
      context: 'Sample.Periodic',
      location: 'Outlet',
      multiplier: 0,
      signed: null,
    },
    {
      value: 100_000 + index * 180,
      raw: String(100_000 + index * 180),
      measurand: 'Energy.Active.Import.Register',
      unit: 'Wh',
      phase: null,
      context: 'Sample.Periodic',
      location: 'Outlet',
      multiplier: 0,
      signed: null,
    },
  ],
}));

export const FAKE_TOKENS: IdToken[] = ['04A2B3C4D5', '04FFEE0011', '04CAFE7777'].map((idToken, index) => ({
  idToken,
  type: 'ISO14443',
  status: index === 1 ? 'Blocked' : 'Accepted',
  expiresAt: index === 2 ? ago(-9_000_000) : null,
  groupIdToken: index ? 'FLEET-7' : null,
  concurrentLimit: 1,
  language: null,
  note: index ? 'Van 12' : null,
  createdAt: ago(9e6),
  updatedAt: ago(9e5),
}));
