import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time, TimeParameter } from '../common.schemas.ts';
import { Protocol } from '../things/things.schemas.ts';

export const Transaction = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  transactionId: Type.String({ description: 'The one on the wire.' }),
  protocol: Protocol,
  evseId: nullable(Type.Integer()),
  connectorId: nullable(Type.Integer()),
  idToken: nullable(Type.String()),
  startedAt: Time,
  startSeen: Type.Boolean({ description: 'false: its beginning was never reported.' }),
  startTrigger: nullable(Type.String(), { description: 'OCPP 2.x: the triggerReason with which it began.' }),
  remoteStartId: nullable(Type.Integer()),
  stoppedAt: nullable(Time),
  stopReason: nullable(Type.String()),
  stopTrigger: nullable(Type.String(), { description: 'OCPP 2.x: the triggerReason with which it ended.' }),
  stopIdToken: nullable(Type.String(), { description: 'The token that ended it.' }),
  meterStart: nullable(Type.Number({ description: 'Wh' })),
  meterStop: nullable(Type.Number({ description: 'Wh' })),
  energyWh: nullable(Type.Number()),
  powerW: nullable(Type.Number()),
  chargingState: nullable(Type.String()),
  chargingSeconds: nullable(Type.Number(), { description: 'In which energy flowed, as the charge point counted.' }),
  active: Type.Boolean(),
  stuck: nullable(Type.Enum(['offline', 'newer-session', 'connector-free', 'unregistered']), {
    description: 'Why it seems to have ended without our hearing of it.',
  }),
  closedBy: nullable(Type.String()),
  offline: Type.Boolean({ description: 'Part of it happened while the charge point was offline.' }),
  missingEvents: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() }), {
    description: 'OCPP 2.x: sequence numbers that never came, both ends included.',
  }),
  firstReceivedAt: nullable(Time),
  lastReceivedAt: nullable(Time),
});
export const TransactionPage = pageOf(Transaction);
export const TransactionDetail = Type.Object({
  ...Transaction.properties,
  askedStatus: nullable(Type.Object({ ongoing: nullable(Type.Boolean()), messagesInQueue: Type.Boolean(), at: Time }), {
    description: 'What the charge point said to the last GetTransactionStatus.',
  }),
});

const MeterValue = Type.Object({
  at: Time,
  samples: Type.Array(
    Type.Object({
      value: nullable(Type.Number()),
      raw: Type.String(),
      measurand: Type.String(),
      unit: Type.String(),
      phase: nullable(Type.String()),
      context: nullable(Type.String()),
      location: nullable(Type.String()),
      multiplier: Type.Integer({ description: 'The power of ten by which raw was multiplied.' }),
      signed: nullable(
        Type.Object({
          data: Type.String(),
          method: nullable(Type.String()),
          encoding: nullable(Type.String()),
          publicKey: nullable(Type.String()),
        }),
      ),
    }),
  ),
});
export const MeterValues = Type.Object({ items: Type.Array(MeterValue) });
export const OutsideReadings = Type.Object({
  items: Type.Array(
    Type.Object({
      evseId: nullable(Type.Integer()),
      connectorId: nullable(Type.Integer(), { description: 'OCPP 1.6. Connector 0, as EVSE 0, is the main meter.' }),
      ...MeterValue.properties,
    }),
  ),
});

export const OutsideReadingsQuery = Type.Object({ limit: Limit(100, 1000) }, { additionalProperties: false });

export const TransactionsQuery = Type.Object(
  {
    thingName: Type.Optional(Type.String({ maxLength: 128 })),
    idToken: Type.Optional(Type.String({ maxLength: 255 })),
    active: Type.Optional(Type.Boolean()),
    stuck: Type.Optional(
      Type.Boolean({ description: 'Only those that seem to have ended without our hearing of it.' }),
    ),
    from: Type.Optional(TimeParameter),
    to: Type.Optional(TimeParameter),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
  },
  { additionalProperties: false },
);

export const TransactionParams = Type.Object({ id: Type.String({ maxLength: 100 }) });
