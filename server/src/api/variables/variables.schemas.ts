import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const OptionalFlag = nullable(Type.Boolean());

export const variablePlace = {
  component: nullable(
    Type.Object({
      name: Type.String(),
      instance: nullable(Type.String()),
      evseId: nullable(Type.Integer()),
      connectorId: nullable(Type.Integer()),
    }),
    { description: 'null in OCPP 1.6.' },
  ),
  variable: Type.Object(
    { name: Type.String(), instance: nullable(Type.String()) },
    { description: 'In OCPP 1.6 the configuration key.' },
  ),
  attribute: Type.String({ description: 'Actual, Target, MinSet or MaxSet.' }),
};

export const ReportedVariable = Type.Object({
  ...variablePlace,
  value: nullable(Type.String(), { description: 'null when not known, `•••` for a secret.' }),
  secret: Type.Boolean(),
  mutability: nullable(Type.String(), { description: 'ReadOnly, WriteOnly, ReadWrite; null when not told.' }),
  persistent: OptionalFlag,
  constant: OptionalFlag,
  rebootRequired: Type.Boolean({ description: 'Accepted; takes effect at the next boot.' }),
  characteristics: nullable(
    Type.Object({
      dataType: nullable(Type.String()),
      unit: nullable(Type.String()),
      minLimit: nullable(Type.Number()),
      maxLimit: nullable(Type.Number()),
      maxElements: nullable(Type.Integer()),
      valuesList: nullable(Type.String()),
      supportsMonitoring: OptionalFlag,
    }),
    { description: 'null when not told; OCPP 1.6 has none.' },
  ),
  updatedAt: Time,
});
export const VariablePage = pageOf(ReportedVariable);

export const VariablesQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ maxLength: 200, description: 'Every word in component, variable, instance or value.' }),
    ),
    component: Type.Optional(Type.String({ maxLength: 255, description: 'Of this name, without regard to case.' })),
    limit: Limit(1000, 5000),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);

export const VariableReports = Type.Object({
  items: Type.Array(
    Type.Object({
      requestId: Type.Integer(),
      kind: nullable(Type.String(), {
        description: 'FullInventory, ConfigurationInventory, SummaryInventory, Custom; null when nobody here asked.',
      }),
      answer: nullable(Type.String(), { description: 'What was answered to the request.' }),
      parts: Type.Integer(),
      variables: Type.Integer(),
      complete: Type.Boolean({ description: 'The last part has come.' }),
      intact: Type.Boolean({ description: 'No part is missing so far.' }),
      startedAt: Time,
      updatedAt: Time,
    }),
  ),
});

const Name = Type.String({ minLength: 1, maxLength: 255 });
const OptionalInstance = Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 255 })));
const OptionalNumber = Type.Optional(nullable(Type.Integer({ minimum: 0 })));

export const newPlace = {
  component: Type.Optional(
    nullable(
      Type.Object(
        { name: Name, instance: OptionalInstance, evseId: OptionalNumber, connectorId: OptionalNumber },
        { additionalProperties: false },
      ),
      { description: 'Not in OCPP 1.6.' },
    ),
  ),
  variable: Type.Object({ name: Name, instance: OptionalInstance }, { additionalProperties: false }),
  attribute: Type.Optional(Type.Enum(['Actual', 'Target', 'MinSet', 'MaxSet'], { description: 'Default Actual.' })),
};
export const NewPlace = Type.Object(newPlace, { additionalProperties: false });

/** OCPP 1.6 takes 500 characters, 2.0.1 1,000, 2.1 2,500: its schema decides. */
export const NewValue = Type.String({ maxLength: 2_500, description: 'Goes out as it is given.' });

export const VariableChanges = Type.Object(
  {
    changes: Type.Array(Type.Object({ ...newPlace, value: NewValue }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 500,
    }),
  },
  { additionalProperties: false },
);

export const ChangeResults = Type.Object({
  results: Type.Array(
    Type.Object({
      ...variablePlace,
      status: Type.String({
        description: 'In the charge point’s own word where it answered, else how the command ended.',
        examples: ['Accepted', 'RebootRequired', 'NotSupportedAttributeType', 'timeout'],
      }),
      outcome: Type.Enum(['accepted', 'reboot-required', 'refused', 'failed']),
      detail: nullable(Type.String()),
      commandId: nullable(Type.String()),
    }),
  ),
});
