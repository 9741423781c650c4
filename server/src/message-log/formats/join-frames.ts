import { FRAME_START, hasTime } from './text-log.ts';

/** No frame is longer: what was taken for its beginning was cut off. */
const MAX_CHARS = 1 << 20;
const MAX_LINES = 20_000;
const STRING = /"(?:[^"\\]|\\.)*"/g;

export interface NumberedLine {
  text: string | null;
  lineNumber: number;
}

/**
 * Frames that a tool wrote over several lines become one line again: `receive message [3,"id",` with the rest below, or a line with
 * the time and the frame, indented, under it. What does not close is given back as the lines it was.
 */
export function createFrameJoiner() {
  let open: NumberedLine[] = [];
  let chars = 0;
  let depth = 0;

  const flush = (): NumberedLine[] => {
    const lines = open;
    open = [];
    chars = 0;
    depth = 0;
    return lines;
  };
  const hold = (line: NumberedLine, text: string): void => {
    open.push(line);
    chars += text.length;
    depth += depthOf(open.length === 1 ? text.slice(startOf(text)) : text);
  };
  const goesOn = (text: string): boolean =>
    // Under a line that only has the time, the frame begins at once.
    depth === 0 ? /^\s*\[\s*(?:$|[2-6]\s*(?:,|$))/.test(text) : !startsAnew(text);

  return {
    /** The lines that are whole now. */
    add(line: NumberedLine): NumberedLine[] {
      const { text } = line;
      if (open.length > 0 && text !== null && goesOn(text) && chars < MAX_CHARS && open.length < MAX_LINES) {
        hold(line, text);
        if (depth > 0) return [];
        const joined = flush().map((one) => one.text);
        return [{ text: joined.join('\n'), lineNumber: line.lineNumber }];
      }
      const before = flush();
      if (text === null || !mayGoOn(text)) return [...before, line];
      hold(line, text);
      return before;
    },
    rest: flush,
  };
}

function mayGoOn(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.endsWith(']')) return false;
  const start = startOf(trimmed);
  return start < trimmed.length ? depthOf(trimmed.slice(start)) > 0 : hasTime(trimmed);
}

/** Where the frame begins, or the end of a line that has none. */
function startOf(text: string): number {
  const start = text.search(FRAME_START);
  return start < 0 ? text.length : start;
}

const startsAnew = (text: string): boolean => FRAME_START.test(text) || hasTime(text.replace(STRING, ''));

/** A string never goes over the end of a line, so each line can be counted by itself. */
function depthOf(text: string): number {
  let depth = 0;
  for (const char of text.replace(STRING, '')) {
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
  }
  return depth;
}
