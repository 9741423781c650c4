import { Type } from 'typebox';
import { REDACTED } from '../../message-log/redaction/sensitive-values.ts';
import { nullable, Time, TimeParameter } from '../common.schemas.ts';
import { filters, ImportParameter } from './messages.schemas.ts';

const exportId = Type.Optional(
  Type.String({ pattern: '^[0-9A-Za-z-]{8,64}$', description: 'To ask how far it is, and to stop it.' }),
);

export const ExportQuery = Type.Object(
  {
    ...filters,
    format: Type.Enum(['jsonl', 'csv', 'trace'], {
      default: 'jsonl',
      description: '`trace`: Open OCPP Trace 1.1, which has no place for events and for SENDs.',
    }),
    redact: Type.Optional(
      Type.Boolean({
        description: 'Id tokens, serial numbers and addresses become pseudonyms, the same for the same value.',
      }),
    ),
    exportId,
  },
  { additionalProperties: false },
);

export const BundleQuery = Type.Object(
  {
    import: ImportParameter,
    thingName: Type.String({ minLength: 1, maxLength: 128 }),
    from: TimeParameter,
    to: TimeParameter,
    keep: Type.Array(Type.Enum([...REDACTED]), {
      default: [],
      description: 'What is not to be replaced by pseudonyms. Secrets never show.',
    }),
    exportId,
  },
  { additionalProperties: false },
);

export const ExportParams = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const RunningExport = Type.Object({
  id: Type.String(),
  rows: Type.Integer(),
  at: nullable(Time, { description: 'Of the last message so far.' }),
  status: Type.Enum(['preparing', 'running', 'done', 'cancelled', 'failed'], {
    description: '`preparing`: what is to be replaced is looked for, nothing is sent yet.',
  }),
  problem: nullable(Type.String(), { description: 'Why it failed.' }),
});
