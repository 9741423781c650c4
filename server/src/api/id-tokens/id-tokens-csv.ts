import type { IdTokenImportRow } from '@cpo-console/shared/api/access.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { IdTokens, NewIdToken } from '../../charge-points/id-tokens/id-tokens.ts';
import { tokenKey } from '../../charge-points/id-tokens/token-key.ts';
import { csvLine, parseCsv, textOfCell } from '../../text/csv.ts';
import { isoTime } from '../time.ts';
import { ID_TOKEN_STATUSES } from './id-tokens.schemas.ts';

/** What is exported can be imported. */
const COLUMNS = [
  'idToken',
  'type',
  'status',
  'expiresAt',
  'groupIdToken',
  'concurrentLimit',
  'language',
  'note',
] as const;
type Column = (typeof COLUMNS)[number];
const ANY_NUMBER = 'any';
const MAX_ROWS = 20_000;
const LONGEST: Readonly<Record<Column, number>> = {
  idToken: 255,
  type: 20,
  status: 20,
  expiresAt: 40,
  groupIdToken: 255,
  concurrentLimit: 7,
  language: 8,
  note: 500,
};

export async function* exportIdTokens(idTokens: Pick<IdTokens, 'list'>, search?: string): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  const query = { limit: 1000, ...(search === undefined ? {} : { search }) };
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await idTokens.list(cursor === undefined ? query : { ...query, cursor });
    if (page.items.length > 0) yield page.items.map(lineOf).join('');
    cursor = page.nextCursor;
  }
}

const lineOf = ({ concurrentLimit, ...token }: IdToken): string =>
  csvLine(COLUMNS.map((column) => (column === 'concurrentLimit' ? (concurrentLimit ?? ANY_NUMBER) : token[column])));

export interface ReadRow {
  line: number;
  /** As it stands in the file. */
  idToken: string;
  /** Or why it is none. */
  token: NewIdToken | string;
}

/** What is wrong with the whole file, or its rows. */
export function readIdTokens(text: string): { fault: string } | { rows: ReadRow[] } {
  const [heading, ...lines] = parseCsv(text);
  if (heading === undefined) return { fault: 'The file is empty.' };
  const columns = heading.cells.map((cell) => cell.trim());
  if (!columns.includes('idToken')) return { fault: 'The first line must name the columns, idToken among them.' };
  const unknown = columns.find((column) => !COLUMNS.some((known) => known === column));
  if (unknown !== undefined) return { fault: `There is no column ${unknown}: known are ${COLUMNS.join(', ')}.` };
  if (lines.length > MAX_ROWS) return { fault: `At most ${MAX_ROWS} rows can be imported at once.` };
  const seen = new Set<string>();
  return {
    rows: lines.map(({ line, cells }) => {
      const cellOf = (column: Column): string => textOfCell((cells[columns.indexOf(column)] ?? '').trim());
      const idToken = cellOf('idToken');
      const isRepeated = seen.has(tokenKey(idToken));
      seen.add(tokenKey(idToken));
      if (cells.length > columns.length) return { line, idToken, token: 'has more cells than there are columns' };
      return { line, idToken, token: isRepeated ? 'stands in the file twice' : readRow(cellOf) };
    }),
  };
}

function readRow(cellOf: (column: Column) => string): NewIdToken | string {
  const tooLong = COLUMNS.find((column) => cellOf(column).length > LONGEST[column]);
  if (tooLong !== undefined) return `${tooLong} has more than ${LONGEST[tooLong]} characters`;
  if (cellOf('idToken') === '') return 'idToken is missing';
  const status = cellOf('status') || 'Accepted';
  const knownStatus = ID_TOKEN_STATUSES.find((known) => known === status);
  if (knownStatus === undefined) return `status must be one of ${ID_TOKEN_STATUSES.join(', ')}`;
  const expires = cellOf('expiresAt');
  const expiresAt = expires === '' ? null : Date.parse(expires);
  if (Number.isNaN(expiresAt)) return 'expiresAt is not a time such as 2027-12-31T23:59:59Z';
  const limit = cellOf('concurrentLimit') || '1';
  if (limit !== ANY_NUMBER && !/^[1-9]\d*$/.test(limit)) return 'concurrentLimit must be a number from 1, or any';
  return {
    idToken: cellOf('idToken'),
    type: cellOf('type') || 'ISO14443',
    status: knownStatus,
    expiresAt: expiresAt === null ? null : isoTime(expiresAt),
    groupIdToken: cellOf('groupIdToken') || null,
    concurrentLimit: limit === ANY_NUMBER ? null : Number(limit),
    language: cellOf('language') || null,
    note: cellOf('note') || null,
  };
}

/** What importing would do with each row. */
export const outcomesOf = (rows: readonly ReadRow[], idTokens: Pick<IdTokens, 'lookUp'>): IdTokenImportRow[] =>
  rows.map(({ line, idToken, token }) =>
    typeof token === 'string'
      ? { line, idToken, outcome: 'refused', message: token }
      : { line, idToken, outcome: idTokens.lookUp(idToken) === undefined ? 'added' : 'replaced' },
  );
