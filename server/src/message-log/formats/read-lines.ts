import { TextDecoder } from 'node:util';

/** Longer lines are no log's: they are cut off and listed. */
const MAX_LINE = 4 << 20;
const LINE_FEED = 0x0a;

/** Two characters of Japanese text in Shift JIS. What Windows-1252 has at these places are quotes and dashes, which don't come so. */
const TWO_IN_SHIFT_JIS = /[\x81-\x9f][\x40-\x7e\x80-\xfc][\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]/;

/**
 * The lines of a file, without their ends; null for one that is too long. UTF-16 is told by its byte order mark or its zero
 * bytes; else each line is UTF-8 or, where it can't be, Shift JIS or Windows-1252, which Latin-1 is a part of: a program may
 * write several into one file.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const begun = await begin(chunks);
  if (begun === null) return;
  yield* begun.encoding === null ? linesOfBytes(begun.chunks) : linesOfText(begun.chunks, begun.encoding);
}

async function* linesOfBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decode = createLineDecoder();
  let parts: Uint8Array[] = [];
  let length = 0;
  const line = (end: Uint8Array): string | null => {
    const bytes = parts.length === 0 ? end : Buffer.concat([...parts, end]);
    const tooLong = length + end.length > MAX_LINE;
    parts = [];
    length = 0;
    return tooLong ? null : decode(bytes).replace(/\r$/, '');
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      yield line(chunk.subarray(from, end));
      from = end + 1;
    }
    length += chunk.length - from;
    // What is too long is counted, not kept.
    if (length > MAX_LINE) parts = [];
    else if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (length > 0) yield line(new Uint8Array());
}

function createLineDecoder(): (bytes: Uint8Array) => string {
  const western = new TextDecoder('windows-1252');
  const strict = (encoding: string) => {
    const decoder = new TextDecoder(encoding, { fatal: true });
    return (bytes: Uint8Array): string | null => {
      try {
        return decoder.decode(bytes);
      } catch {
        return null;
      }
    };
  };
  const utf8 = strict('utf-8');
  const shiftJis = strict('shift_jis');
  const japanese = (bytes: Uint8Array): string | null =>
    TWO_IN_SHIFT_JIS.test(Buffer.from(bytes).toString('latin1')) ? shiftJis(bytes) : null;
  return (bytes) => utf8(bytes) ?? japanese(bytes) ?? western.decode(bytes);
}

async function* linesOfText(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string | null> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
      yield tooLong ? null : rest.slice(from, end).replace(/\r$/, '');
      tooLong = false;
      from = end + 1;
    }
    rest = rest.slice(from);
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  rest += decoder.decode();
  if (tooLong) yield null;
  else if (rest !== '') yield rest;
}

/** Waits for the first bytes, which may say the encoding. */
async function begin(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  while (start.length < 4) {
    const { value, done } = await iterator.next();
    if (done) break;
    start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  if (start.length === 0) return null;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { chunks: all(), encoding: encodingOf(start) };
}

function encodingOf(start: Uint8Array): string | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  // A log begins with two characters of ASCII.
  const zeros = [...start.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros === 'x0x0') return 'utf-16le';
  if (zeros === '0x0x') return 'utf-16be';
  return null;
}
