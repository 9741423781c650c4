import { Type } from 'typebox';
import { Command } from '../commands/commands.schemas.ts';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const UpdateType = Type.Enum(['Full', 'Differential']);

const LocalListSummary = Type.Object({
  thingName: Type.String(),
  version: nullable(Type.Integer(), { description: 'What it has, by its last accepted update or by its own word.' }),
  state: Type.Enum(['unknown', 'pending', 'in-step', 'out-of-step', 'not-supported'], {
    description: '`out-of-step`: it has not what was last sent, or the registry says something else by now.',
  }),
  size: nullable(Type.Integer()),
  changed: nullable(Type.Integer(), { description: 'How many entries the registry says something else about.' }),
  attempt: nullable(
    Type.Object({
      version: Type.Integer(),
      updateType: UpdateType,
      outcome: Type.String({ description: 'sent, unanswered, or what the charge point said.' }),
      at: Time,
      by: Type.String(),
    }),
  ),
  reported: nullable(Type.Object({ version: Type.Integer(), at: Time })),
  cache: nullable(Type.Object({ status: Type.String(), at: Time }), {
    description: 'The answer to the last ClearCache.',
  }),
});
export const LocalListPage = pageOf(LocalListSummary);

export const LocalList = Type.Object({
  ...LocalListSummary.properties,
  nextVersion: Type.Integer({ description: 'What a SendLocalList without a version number gets.' }),
  entries: nullable(
    Type.Array(
      Type.Object({
        idToken: Type.String(),
        type: nullable(Type.String()),
        status: Type.String(),
        expiresAt: nullable(Type.String()),
        groupIdToken: nullable(Type.String()),
        changed: Type.Boolean(),
      }),
    ),
  ),
});

export const LocalListsQuery = Type.Object(
  { limit: Limit(100, 1000), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

export const SendLocalList = Type.Object(
  {
    updateType: Type.Enum(['Full', 'Differential'], {
      description: 'Differential sends only what the list lacks, has too much, or says otherwise.',
    }),
    of: Type.Enum(['registry', 'group', 'same'], {
      description:
        'The tokens: all that are registered, those of `groupIdToken`, or those that the list was meant to hold after the last attempt.',
    }),
    groupIdToken: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    queueSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 604_800 })),
  },
  { additionalProperties: false },
);

export const SentLocalList = Type.Object({
  commands: Type.Array(Command),
  leftOut: Type.Array(Type.String(), { description: 'Tokens that are too long for its OCPP version.' }),
  list: LocalList,
});
