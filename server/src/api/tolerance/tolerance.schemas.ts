import { Type } from 'typebox';
import { Limit, nullable, Time, TimeParameter } from '../common.schemas.ts';

const Mode = Type.Enum(['strict', 'lenient'], {
  description:
    '`strict` refuses a frame that breaks its schema; `lenient` accepts and marks it where that does no harm.',
});
const Source = Type.Enum(['charge-point', 'model', 'fleet']);
const ModelName = Type.String({ maxLength: 500 });
const ThingName = Type.String({ minLength: 1, maxLength: 128 });

export const ToleranceSettings = Type.Object({
  fleet: Mode,
  models: Type.Array(Type.Object({ vendorName: Type.String(), model: Type.String(), mode: Mode })),
  chargePoints: Type.Array(Type.Object({ thingName: Type.String(), mode: Mode })),
});

export const ToleranceChanges = Type.Object(
  {
    fleet: Type.Optional(Mode),
    models: Type.Optional(
      Type.Array(
        Type.Object({ vendorName: ModelName, model: ModelName, mode: nullable(Mode) }, { additionalProperties: false }),
        { maxItems: 500, description: 'As BootNotification names them. null takes the setting back.' },
      ),
    ),
    chargePoints: Type.Optional(
      Type.Array(Type.Object({ thingName: ThingName, mode: nullable(Mode) }, { additionalProperties: false }), {
        maxItems: 5_000,
      }),
    ),
  },
  { additionalProperties: false },
);

export const EffectiveTolerance = Type.Object({ mode: Mode, from: Source });

export const ViolationsQuery = Type.Object(
  {
    by: Type.Enum(['model', 'charge-point'], { default: 'model' }),
    from: Type.Optional(TimeParameter),
    to: Type.Optional(TimeParameter),
    limit: Limit(50, 500),
  },
  { additionalProperties: false },
);

export const ViolationRanking = Type.Object({
  items: Type.Array(
    Type.Object({
      vendorName: nullable(Type.String()),
      model: nullable(Type.String()),
      thingName: nullable(Type.String(), { description: 'null when models are ranked.' }),
      chargePoints: Type.Integer(),
      frames: Type.Integer({ description: 'Frames with at least one violation.' }),
      tolerance: EffectiveTolerance,
      rules: Type.Array(
        Type.Object({
          action: nullable(Type.String()),
          path: Type.String(),
          rule: Type.String(),
          message: Type.String(),
          frames: Type.Integer(),
          lastMessageId: Type.String(),
          lastThingName: Type.String(),
        }),
      ),
    }),
  ),
  complete: Type.Boolean({
    description: 'false: there were very many frames, and only those since `from` are counted.',
  }),
  from: Time,
  to: Time,
});
