import { Type } from 'typebox';
import { nullable, Time, TimeParameter } from '../common.schemas.ts';
import { ThingName } from '../things/things.schemas.ts';

const Speed = Type.Union([Type.Number({ exclusiveMinimum: 0, maximum: 100_000 }), Type.Literal('max')], {
  description: 'How many times faster than it was; `max` waits for nothing but answers.',
});

export const NewReplay = Type.Object(
  {
    source: Type.Object(
      {
        thingName: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
        importId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        from: Type.Optional(TimeParameter),
        to: Type.Optional(TimeParameter),
      },
      { additionalProperties: false, description: 'Of an imported log with one charge point, `importId` is enough.' },
    ),
    target: ThingName,
    speed: Type.Optional(Speed),
    password: Type.Optional(Type.String({ maxLength: 128, description: 'Of the target, if it connects with one.' })),
  },
  { additionalProperties: false },
);

const Progress = Type.Object({
  steps: Type.Integer(),
  done: Type.Integer(),
  compared: Type.Integer({ description: 'Answers that could be compared.' }),
  differences: Type.Integer(),
  unanswered: Type.Integer({ description: 'Requests without an answer in the log.' }),
  commands: Type.Object({
    recorded: Type.Integer(),
    came: Type.Integer({ description: 'Of the recorded, those that came again.' }),
    unexpected: Type.Record(Type.String(), Type.Integer(), {
      description: 'By action, those that the log does not have.',
    }),
  }),
});

export const Replay = Type.Object({
  id: Type.String(),
  source: Type.Object({ thingName: Type.String(), importId: nullable(Type.String()), from: Time, to: Time }),
  target: Type.String(),
  speed: Speed,
  status: Type.Enum(['running', 'done', 'failed', 'cancelled']),
  problem: nullable(Type.String()),
  startedAt: Time,
  startedBy: Type.String(),
  endedAt: nullable(Time),
  progress: Progress,
});

export const Difference = Type.Object({
  messageId: Type.String({ description: 'Of the request in the log.' }),
  at: Time,
  action: Type.String(),
  kind: Type.Enum(['answer', 'no-answer', 'closed']),
  places: Type.Array(
    Type.Object({ path: Type.String(), recorded: Type.Optional(Type.Unknown()), today: Type.Optional(Type.Unknown()) }),
  ),
  recorded: Type.Unknown(),
  today: Type.Unknown(),
});
