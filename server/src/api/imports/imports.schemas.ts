import type { ImportedLog as ImportedLogView } from '@cpo-console/shared/api/log.ts';
import { Type } from 'typebox';
import type { ImportedLog } from '../../message-log/imports/imports.ts';
import { nullable, Time } from '../common.schemas.ts';
import { Message } from '../messages/messages.schemas.ts';
import { isoTime } from '../time.ts';

const LineProblem = Type.Object({ line: Type.Integer(), problem: Type.String() });

export const Imported = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Time,
  createdBy: Type.String(),
  status: Type.Enum(['running', 'done', 'failed']),
  problem: nullable(Type.String(), { description: 'Why it failed.' }),
  bytes: Type.Integer({ description: 'On disk.' }),
  lines: Type.Integer({ description: 'Read so far.' }),
  rows: Type.Integer({ description: 'Frames and events found in them.' }),
  things: Type.Array(Type.String()),
  from: nullable(Time),
  to: nullable(Time),
  sorted: Type.Boolean({ description: 'false: the lines were put in the order of their times.' }),
  problems: Type.Array(LineProblem, { description: 'The first lines that could not be read.' }),
  problemCount: Type.Integer(),
});

export const ImportPreview = Type.Object({
  lines: Type.Integer({ description: 'Looked at: the beginning of the file.' }),
  rows: Type.Integer(),
  things: Type.Array(Type.String()),
  first: Type.Array(Message),
  problems: Type.Array(LineProblem),
  problemCount: Type.Integer(),
});

export function importView({
  id,
  name,
  createdAt,
  createdBy,
  status,
  problem,
  result,
  progress,
  bytes,
}: ImportedLog): ImportedLogView {
  return {
    id,
    name,
    createdAt: isoTime(createdAt),
    createdBy,
    status,
    problem,
    bytes,
    lines: result?.lines ?? progress?.lines ?? 0,
    rows: result?.rows ?? progress?.rows ?? 0,
    things: result?.things ?? [],
    from: result?.from == null ? null : isoTime(result.from),
    to: result?.to == null ? null : isoTime(result.to),
    sorted: result?.sorted ?? true,
    problems: result?.problems ?? [],
    problemCount: result?.problemCount ?? 0,
  };
}
