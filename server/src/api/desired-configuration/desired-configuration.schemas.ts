import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, replacementOf, Time } from '../common.schemas.ts';
import { NewValue, newPlace, variablePlace } from '../variables/variables.schemas.ts';

const Scope = Type.Enum(['fleet', 'tag', 'thing'], { description: 'The most specific that names a variable holds.' });
const Target = nullable(Type.String({ minLength: 1, maxLength: 128 }), {
  description: 'The tag or thing name; null for the fleet.',
});
const ApplyOnBoot = Type.Boolean({ description: 'Sent by itself after a boot.' });

export const DesiredRule = Type.Object({
  id: Type.String(),
  scope: Scope,
  target: nullable(Type.String()),
  ...variablePlace,
  value: Type.String(),
  applyOnBoot: ApplyOnBoot,
  updatedAt: Time,
  updatedBy: Type.String(),
});
export const DesiredRulePage = pageOf(DesiredRule);
export const DesiredRuleParams = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const NewDesiredRule = Type.Object(
  {
    scope: Scope,
    target: Type.Optional(Target),
    ...newPlace,
    value: NewValue,
    applyOnBoot: Type.Optional(Type.Boolean({ description: 'Default false: only when somebody applies it.' })),
  },
  { additionalProperties: false },
);
export const ReplacedDesiredRule = replacementOf(DesiredRule, NewDesiredRule);

export const DesiredRulesQuery = Type.Object(
  {
    scope: Type.Optional(Scope),
    target: Type.Optional(Type.String({ maxLength: 128 })),
    limit: Limit(100, 1000),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);

export const DriftQuery = Type.Object(
  { limit: Limit(100, 1000), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

const Count = Type.Integer({ minimum: 0 });
export const ThingDriftPage = pageOf(
  Type.Object({ thingName: Type.String(), wanted: Count, differs: Count, readOnly: Count, unknown: Count }),
);

export const ThingDesired = Type.Object({
  items: Type.Array(
    Type.Object({
      ...variablePlace,
      desired: Type.String(),
      reported: nullable(Type.String()),
      state: Type.Enum(['in-step', 'differs', 'read-only', 'unknown'], {
        description: '`read-only`: it differs and can’t be set. `unknown`: the charge point has not told it.',
      }),
      rule: Type.Object({
        id: Type.String(),
        scope: Scope,
        target: nullable(Type.String()),
        applyOnBoot: ApplyOnBoot,
      }),
    }),
  ),
});
