import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const KINDS = ['firmware', 'publish-firmware', 'log'] as const;

const Job = Type.Object({
  id: Type.String({ description: 'Of the command that asked for it, if one did.' }),
  thingName: Type.String(),
  kind: Type.Enum([...KINDS]),
  action: Type.String(),
  requestId: nullable(Type.Integer()),
  requestedBy: nullable(Type.String(), { description: 'null: the charge point began by itself.' }),
  request: Type.Unknown({ description: 'The command’s payload.' }),
  location: nullable(Type.String()),
  status: Type.String({
    description:
      'The last one that the charge point reported. Before that Requested, or how the asking ended: its answer’s status, ' +
      'NotAnswered, Refused, NotSent, NothingToUpload.',
    examples: ['Downloading'],
  }),
  state: Type.Enum(['waiting', 'running', 'succeeded', 'failed']),
  createdAt: Time,
  updatedAt: Time,
  history: Type.Array(
    Type.Object({
      at: Time,
      status: Type.String(),
      source: Type.Enum(['charge-point', 'console']),
      info: nullable(Type.String()),
    }),
    { description: 'The oldest first.' },
  ),
});

export const JobPage = pageOf(Job);

export const JobsQuery = Type.Object(
  { kind: Type.Optional(Type.Enum([...KINDS])), limit: Limit(50, 200), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);
