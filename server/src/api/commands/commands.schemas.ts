import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

export const Command = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  action: Type.String(),
  payload: Type.Unknown(),
  messageId: nullable(Type.String()),
  status: Type.Enum(['queued', 'sent', 'answered', 'error', 'timeout', 'not-connected', 'expired', 'cancelled'], {
    description: '`answered`: a CALLRESULT came, whatever it says.',
  }),
  response: Type.Optional(Type.Unknown()),
  error: Type.Optional(Type.Object({ code: Type.String(), description: Type.String(), details: Type.Unknown() })),
  createdAt: Time,
  sentAt: nullable(Time),
  answeredAt: nullable(Time),
  expiresAt: nullable(Time, { description: 'Until when a queued one waits for its charge point.' }),
  sentBy: Type.String(),
});
export const CommandPage = pageOf(Command);

export const NewCommand = Type.Object(
  {
    action: Type.String({ minLength: 1, maxLength: 64, examples: ['Reset'] }),
    payload: Type.Optional(
      Type.Unknown({
        description: 'Sent as given, after a check against the action’s schema. Default {}.',
        examples: [{ type: 'Soft' }],
      }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 300, description: 'How long to wait. Default 30.' }),
    ),
    queueSeconds: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 604_800, description: 'Keep it while the charge point is away.' }),
    ),
  },
  { additionalProperties: false },
);

export const CommandsQuery = Type.Object(
  { limit: Limit(50, 500), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);
