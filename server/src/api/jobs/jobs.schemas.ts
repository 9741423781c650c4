import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time, TimeParameter } from '../common.schemas.ts';

const KINDS = ['firmware', 'publish-firmware', 'log'] as const;

export const LogFile = Type.Object({
  id: Type.String(),
  thingName: Type.String(),
  jobId: nullable(Type.String()),
  fileName: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  receivedAt: Time,
});

const Job = Type.Object({
  id: Type.String({ description: 'Of the command that asked for it, if one did.' }),
  thingName: Type.String(),
  kind: Type.Enum([...KINDS]),
  action: Type.String(),
  requestId: nullable(Type.Integer()),
  requestedBy: nullable(Type.String(), { description: 'null: the charge point began by itself.' }),
  request: Type.Unknown({ description: 'The command’s payload.' }),
  location: nullable(Type.String()),
  firmwareFileId: nullable(Type.String()),
  firmwareFile: nullable(Type.Object({ id: Type.String(), name: Type.String(), version: nullable(Type.String()) }), {
    description: 'The one of ours that the charge point is to fetch; null also when it was deleted since.',
  }),
  files: Type.Array(LogFile, { description: 'What the charge point put here for it.' }),
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

const Source = {
  firmwareFileId: Type.Optional(Type.String({ maxLength: 64, description: 'One that is kept here, or a `url`.' })),
  url: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000, description: 'Passed on as it is.' })),
};

const baseUrl = Type.Optional(
  Type.String({
    pattern: '^https?://[^/?#\\s]+$',
    maxLength: 300,
    description: 'How the charge point reaches this server. Default: as this request did.',
  }),
);
const order = {
  baseUrl,
  requestId: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'Default: a random one.' })),
  retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  retryIntervalSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
  queueSeconds: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 604_800, description: 'Keep it while the charge point is away.' }),
  ),
};
const strict = { additionalProperties: false };

export const NewFirmwareUpdate = Type.Object(
  {
    ...Source,
    ...order,
    retrieveAt: Type.Optional(TimeParameter),
    installAt: Type.Optional(TimeParameter),
    signed: Type.Optional(Type.Boolean({ description: 'Default: when the file has a signature and a certificate.' })),
    signature: Type.Optional(Type.String({ maxLength: 800 })),
    signingCertificate: Type.Optional(Type.String({ maxLength: 5_500 })),
  },
  strict,
);

export const NewFirmwarePublication = Type.Object(
  {
    ...Source,
    ...order,
    checksum: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F]{32}$', description: 'MD5; needed with a `url`.' })),
  },
  strict,
);

export const NewLogRequest = Type.Object(
  {
    ...order,
    logType: Type.Optional(Type.Enum(['Diagnostics', 'DiagnosticsLog', 'SecurityLog', 'DataCollectorLog'])),
    url: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2_000, description: 'Passed on as it is. Default: a link to here.' }),
    ),
    from: Type.Optional(TimeParameter),
    to: Type.Optional(TimeParameter),
  },
  strict,
);

export const NewUploadLink = Type.Object({ baseUrl }, strict);
export const NewFirmwareLink = Type.Object({ firmwareFileId: Type.String({ maxLength: 64 }), baseUrl }, strict);
export const OwnLink = Type.Object({
  url: Type.String({ description: 'Opens without signing in, for this charge point’s one file.' }),
  expiresAt: Time,
});
