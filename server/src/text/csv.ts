/** Also as they are typed in Japan. @see OWASP, CSV injection */
const FORMULA = '[=+\\-@\\t\\r\\n＝＋－＠]';
const isFormula = new RegExp(`^${FORMULA}`);
const isMadeSafe = new RegExp(`^'${FORMULA}`);

/**
 * One cell. A value that a spreadsheet would run as a formula gets an apostrophe in front: charge points choose these texts.
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const safe = typeof value === 'string' && isFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What an exported cell was before its apostrophe. */
export const textOfCell = (cell: string): string => (isMadeSafe.test(cell) ? cell.slice(1) : cell);

export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`;

/** @see RFC 4180; also takes bare line feeds and a byte order mark. Blank lines are left out. */
export function parseCsv(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let startedAt = 1;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: startedAt, cells });
    cells = [];
    cell = '';
  };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',') {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') {
      endRow();
      startedAt = line;
    } else if (char !== '\r') cell += char;
  }
  endRow();
  return rows;
}
