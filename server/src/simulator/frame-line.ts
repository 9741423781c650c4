export interface SeenFrame {
  direction: 'sent' | 'received';
  text: string;
  at: number;
}

/** One line for the terminal. A frame may hold anything, so whatever could move the cursor or hide text is escaped. */
export function frameLine({ direction, text, at }: SeenFrame): string {
  return `${clockTime(at)} ${direction === 'sent' ? '→' : '←'} ${printable(text)}`;
}

export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  );
}

/** Local time of day with milliseconds. */
export function clockTime(at: number): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
