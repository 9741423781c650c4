import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const STATES = [
  'requested',
  'unanswered',
  'refused',
  'accepted',
  'used',
  'cancelled',
  'expired',
  'removed',
  'replaced',
] as const;

export const ReservationPage = pageOf(
  Type.Object({
    id: Type.String(),
    thingName: Type.String(),
    reservationId: Type.Integer({ description: 'The one on the wire.' }),
    evseId: nullable(Type.Integer(), { description: 'OCPP 2.x; null: any EVSE.' }),
    connectorId: nullable(Type.Integer(), { description: 'OCPP 1.6; 0: any connector.' }),
    connectorType: nullable(Type.String()),
    idToken: Type.String(),
    groupIdToken: nullable(Type.String()),
    expiresAt: Time,
    state: Type.Enum([...STATES]),
    answer: nullable(Type.String(), { description: 'The last word of the charge point about it, such as Occupied.' }),
    transactionId: nullable(Type.String(), { description: 'Of the session that used it, as on the wire.' }),
    requestedAt: Time,
    requestedBy: Type.String(),
    endedAt: nullable(Time),
  }),
);

const filters = {
  state: Type.Optional(Type.Enum([...STATES])),
  open: Type.Optional(Type.Boolean({ description: 'Those that hold a connector now, or are about to.' })),
  idToken: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  limit: Limit(100, 1000),
  cursor: Type.Optional(Cursor),
};

export const ThingReservationsQuery = Type.Object(filters, { additionalProperties: false });
export const ReservationsQuery = Type.Object(
  { thingName: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })), ...filters },
  { additionalProperties: false },
);
