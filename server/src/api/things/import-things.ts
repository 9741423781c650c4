import { THING_NAME } from '../../bus/topics.ts';
import type { NewThing, Registry } from '../../registry/registry.ts';
import { parseCsv } from '../../text/csv.ts';

type UrlsOf = (thing: Pick<NewThing, 'thingName' | 'authType'>) => string[];

export interface ImportRow {
  line: number;
  thingName: string;
  ok: boolean;
  message?: string;
  password?: string;
  urls?: string[];
}

type Parsed = {
  line: number;
  thingName: string;
  tags: string[];
  attributes: Record<string, string>;
  authType: 'none' | 'basic';
};

/** What is wrong with the whole file, or its rows, each with its own fault if it has one. */
export type ParsedImport = { fault: string } | { rows: (Parsed | (ImportRow & { ok: false }))[] };

const MAX_ROWS = 10_000;

/**
 * Columns by their heading: `thingName` (must be there), `auth` (`none`, `basic`), `tags` (separated by `;` or spaces);
 * any other column is an attribute.
 */
export function parseImport(text: string): ParsedImport {
  const [heading, ...lines] = parseCsv(text);
  if (heading === undefined) return { fault: 'The file is empty.' };
  const columns = heading.cells.map((cell) => cell.trim());
  const nameColumn = columns.indexOf('thingName');
  if (nameColumn === -1) return { fault: 'The first line must name the columns, thingName among them.' };
  if (lines.length > MAX_ROWS) return { fault: `At most ${MAX_ROWS} rows can be imported at once.` };
  const seen = new Set<string>();
  return {
    rows: lines.map(({ line, cells }) => {
      const row = parseRow(line, columns, cells);
      if ('ok' in row) return row;
      if (seen.has(row.thingName)) return fault(line, row.thingName, 'stands in the file twice');
      seen.add(row.thingName);
      return row;
    }),
  };
}

function parseRow(
  line: number,
  columns: readonly string[],
  cells: readonly string[],
): Parsed | (ImportRow & { ok: false }) {
  const values = new Map(columns.map((column, at) => [column, (cells[at] ?? '').trim()]));
  const thingName = values.get('thingName') ?? '';
  if (cells.length > columns.length) return fault(line, thingName, 'has more cells than there are columns');
  if (!THING_NAME.test(thingName)) {
    return fault(line, thingName, 'is not a name: letters, digits, `: _ -`, at most 48');
  }
  const auth = values.get('auth') || 'none';
  if (auth !== 'none' && auth !== 'basic') return fault(line, thingName, 'auth must be none or basic');
  const attributes: [string, string][] = [];
  for (const [column, value] of values) {
    if (column !== '' && value !== '' && !['thingName', 'auth', 'tags'].includes(column))
      attributes.push([column, value]);
  }
  const tags = (values.get('tags') ?? '').split(/[;\s]+/).filter(Boolean);
  return { line, thingName, tags: [...new Set(tags)], attributes: Object.fromEntries(attributes), authType: auth };
}

const fault = (line: number, thingName: string, message: string): ImportRow & { ok: false } => ({
  line,
  thingName,
  ok: false,
  message,
});

/** Registers what can be; a row that can't does not stop the others. */
export async function importThings(
  parsed: Extract<ParsedImport, { rows: unknown }>,
  options: { registry: Registry; preview: boolean; urlsOf: UrlsOf },
): Promise<ImportRow[]> {
  const results: ImportRow[] = [];
  for (const row of parsed.rows) results.push('ok' in row ? row : await importRow(row, options));
  return results;
}

async function importRow(
  { line, ...thing }: Parsed,
  { registry, preview, urlsOf }: { registry: Registry; preview: boolean; urlsOf: UrlsOf },
): Promise<ImportRow> {
  const { thingName } = thing;
  if (registry.get(thingName) !== null) return fault(line, thingName, 'is registered already');
  if (preview) return { line, thingName, ok: true };
  const made = await registry.create(thing);
  if (made === null) return fault(line, thingName, 'is registered already');
  return {
    line,
    thingName,
    ok: true,
    urls: urlsOf(thing),
    ...(made.password === null ? {} : { password: made.password }),
  };
}
