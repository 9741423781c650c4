/** PostgreSQL's text can't hold a NUL, and a charge point can send one: it is written as this and a `0`. */
const MARK = '\u2400';

export const withoutNul = (text: string): string =>
  text.includes('\0') || text.includes(MARK) ? text.replaceAll(MARK, MARK + MARK).replaceAll('\0', `${MARK}0`) : text;

export const withNul = (text: string): string =>
  text.includes(MARK)
    ? text.replace(/\u2400(0|\u2400)/g, (_written, second: string) => (second === '0' ? '\0' : MARK))
    : text;
