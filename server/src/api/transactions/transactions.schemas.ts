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
  stoppedAt: nullable(Time),
  stopReason: nullable(Type.String()),
  meterStart: nullable(Type.Number({ description: 'Wh' })),
  meterStop: nullable(Type.Number({ description: 'Wh' })),
  energyWh: nullable(Type.Number()),
  powerW: nullable(Type.Number()),
  chargingState: nullable(Type.String()),
  active: Type.Boolean(),
  closedBy: nullable(Type.String()),
});
export const TransactionPage = pageOf(Transaction);

export const MeterValues = Type.Object({
  items: Type.Array(
    Type.Object({
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
        }),
      ),
    }),
  ),
});

export const TransactionsQuery = Type.Object(
  {
    thingName: Type.Optional(Type.String({ maxLength: 128 })),
    idToken: Type.Optional(Type.String({ maxLength: 255 })),
    active: Type.Optional(Type.Boolean()),
    from: Type.Optional(TimeParameter),
    to: Type.Optional(TimeParameter),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
  },
  { additionalProperties: false },
);

export const TransactionParams = Type.Object({ id: Type.String({ maxLength: 100 }) });
