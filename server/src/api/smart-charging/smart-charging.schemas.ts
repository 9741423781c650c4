import { KINDS, PURPOSES, RECURRENCIES } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { Type } from 'typebox';
import { nullable, replacementOf, Time, TimeParameter } from '../common.schemas.ts';

export const ChargingProfile = Type.Object({
  thingName: Type.String(),
  profileId: Type.Integer({ description: 'The one on the wire, as are the words below.' }),
  protocol: Type.Enum(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']),
  evseId: nullable(Type.Integer(), { description: 'OCPP 2.x; 0: the station, or each of its EVSEs.' }),
  connectorId: nullable(Type.Integer(), { description: 'OCPP 1.6; 0: the charge point, or each connector.' }),
  purpose: Type.String(),
  kind: Type.String(),
  stackLevel: Type.Integer(),
  transactionId: nullable(Type.String()),
  source: Type.Enum(['set', 'remote-start', 'reported']),
  limitSource: nullable(Type.String(), { description: 'OCPP 2.x, once reported: CSO, EMS, …' }),
  profile: Type.Record(Type.String(), Type.Unknown(), { description: 'As on the wire.' }),
  installedAt: Time,
  installedBy: nullable(Type.String(), { description: 'null: not by us.' }),
  reportedAt: nullable(Time),
});
export const ChargingProfiles = Type.Object({ items: Type.Array(ChargingProfile) });

export const ChargingReports = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.Enum(['composite-schedule', 'limit', 'ev-needs', 'ev-schedule', 'priority-charging']),
      evseId: Type.Integer({ description: 'In OCPP 1.6 the connector; 0: the whole.' }),
      source: nullable(Type.String(), { description: 'Of a limit: EMS, SO, …' }),
      content: Type.Record(Type.String(), Type.Unknown(), { description: 'As on the wire.' }),
      at: Time,
    }),
  ),
});

const Draft = Type.Object(
  {
    purpose: Type.Enum([...PURPOSES]),
    kind: Type.Enum([...KINDS]),
    recurrency: Type.Optional(Type.Enum([...RECURRENCIES])),
    stackLevel: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    validFrom: Type.Optional(TimeParameter),
    validTo: Type.Optional(TimeParameter),
    startSchedule: Type.Optional(TimeParameter),
    duration: Type.Optional(Type.Integer({ minimum: 1, description: 'Seconds.' })),
    unit: Type.Enum(['A', 'W']),
    minChargingRate: Type.Optional(Type.Number({ minimum: 0 })),
    periods: Type.Array(
      Type.Object(
        {
          start: Type.Integer({ minimum: 0, description: 'Seconds after the start of the schedule.' }),
          limit: Type.Number({ minimum: 0 }),
          numberPhases: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1024 },
    ),
  },
  { additionalProperties: false },
);

export const ProfileTemplate = Type.Object({
  id: Type.String(),
  name: Type.String(),
  profile: Draft,
  createdAt: Time,
  updatedAt: Time,
  updatedBy: Type.String(),
});
export const ProfileTemplates = Type.Object({ items: Type.Array(ProfileTemplate) });
export const NewProfileTemplate = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), profile: Draft },
  { additionalProperties: false },
);
export const ReplacedProfileTemplate = replacementOf(ProfileTemplate, NewProfileTemplate);
export const TemplateUses = Type.Object({ profiles: Type.Array(ChargingProfile) });
export const TemplateParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
