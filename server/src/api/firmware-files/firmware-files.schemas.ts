import { Type } from 'typebox';
import { Cursor, Limit, nullable, pageOf, Time } from '../common.schemas.ts';

const Text = (maxLength: number) => Type.String({ maxLength });
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Signature = Type.String({ maxLength: 800, description: 'Of the file, base64.' });
const SigningCertificate = Type.String({ maxLength: 5_500, description: 'PEM.' });

export const FirmwareFile = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: nullable(Type.String()),
  vendor: nullable(Type.String()),
  model: nullable(Type.String()),
  note: nullable(Type.String()),
  fileName: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  md5: Type.String(),
  signature: nullable(Type.String()),
  signingCertificate: nullable(Type.String()),
  inUseBy: Type.Array(Type.String(), { description: 'Charge points that still have to fetch or install it.' }),
  createdAt: Time,
  createdBy: Type.String(),
});
export const FirmwareFilePage = Type.Object({
  ...pageOf(FirmwareFile).properties,
  maxBytes: Type.Integer({ description: 'The largest file that is taken.' }),
});

export const FirmwareFilesQuery = Type.Object(
  { limit: Limit(100, 500), cursor: Type.Optional(Cursor) },
  { additionalProperties: false },
);

export const NewFirmwareFileQuery = Type.Object(
  {
    name: Name,
    fileName: Type.Optional(Text(255)),
    version: Type.Optional(Text(50)),
    vendor: Type.Optional(Text(50)),
    model: Type.Optional(Text(50)),
    note: Type.Optional(Text(500)),
  },
  { additionalProperties: false },
);

export const FirmwareNotes = Type.Object(
  {
    name: Type.Optional(Name),
    version: Type.Optional(nullable(Text(50))),
    vendor: Type.Optional(nullable(Text(50))),
    model: Type.Optional(nullable(Text(50))),
    note: Type.Optional(nullable(Text(500))),
    signature: Type.Optional(nullable(Signature)),
    signingCertificate: Type.Optional(nullable(SigningCertificate)),
  },
  { additionalProperties: false },
);

export const FirmwareFileParams = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const DeleteQuery = Type.Object(
  { force: Type.Optional(Type.Boolean({ description: 'Also while charge points still have to fetch it.' })) },
  { additionalProperties: false },
);
