/** What a search asks of the frame itself. */
export interface ContentFilter {
  /** Somewhere in the frame, whatever the case. */
  q?: string;
  /** A member of the payload: `idToken.idToken`. In a list, any of its elements, or one by its number. */
  path?: string;
  /** What the member is, whatever the case. Without it the member has to be there. */
  value?: string;
  transactionId?: string;
  connectorId?: number;
  evseId?: number;
}

export interface ContentMatcher {
  /** Folded texts that every matching frame contains. */
  texts: readonly string[];
  matches(frame: string): boolean;
}

type Test = (payload: unknown) => boolean;

/** null when nothing is asked of the frame. */
export function createContentMatcher(filter: ContentFilter): ContentMatcher | null {
  const { q, path, value, transactionId, connectorId, evseId } = filter;
  const texts: string[] = [];
  const tests: Test[] = [];
  if (q !== undefined && q !== '') texts.push(q);
  if (path !== undefined) {
    const steps = stepsOf(path);
    texts.push(...steps.filter((step) => !isNumber(step)), ...(value === undefined ? [] : [value]));
    tests.push((payload) => leavesAt(payload, steps).some((leaf) => value === undefined || isValue(leaf, value)));
  }
  if (transactionId !== undefined) {
    texts.push('"transactionId"', transactionId);
    tests.push((payload) => some(payload, (name, each) => name === 'transactionId' && isValue(each, transactionId)));
  }
  if (connectorId !== undefined) {
    texts.push('"connectorId"', String(connectorId));
    tests.push((payload) => some(payload, (name, each) => name === 'connectorId' && each === connectorId));
  }
  if (evseId !== undefined) {
    texts.push('"evse', String(evseId));
    tests.push((payload) =>
      some(
        payload,
        (name, each) => (name === 'evseId' ? each : name === 'evse' && has(each, 'id') && each.id) === evseId,
      ),
    );
  }
  if (texts.length === 0 && tests.length === 0) return null;
  const folded = texts.map(fold);
  return {
    texts: folded,
    matches(frame) {
      const text = searchedText(frame);
      if (!folded.every((each) => text.includes(each))) return false;
      if (tests.length === 0) return true;
      const payload = payloadOf(frame);
      return tests.every((test) => test(payload));
    },
  };
}

/** Two letters have an ASCII letter as their lower case; here they have none, so that bytes can be folded one by one. */
export const fold = (text: string): string => text.replace(/[\u0130\u212a]/g, '\ufffd').toLowerCase();

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const ESCAPED: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The frame's JSON escapes as the characters that they stand for, or null when there are none. */
export function unescaped(frame: string): string | null {
  if (!frame.includes('\\')) return null;
  return frame.replace(ESCAPE, (_all, code: string | undefined, letter: string | undefined) =>
    code === undefined ? (ESCAPED[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** As on the wire and, where that differs, as it reads. */
function searchedText(frame: string): string {
  const read = unescaped(frame);
  return read === null ? fold(frame) : `${fold(frame)}\n${fold(read)}`;
}

/** Where an OCPP-J message has its payload, by its type. */
const PAYLOAD_AT: Record<string, number> = { 2: 3, 3: 2, 4: 4, 5: 4, 6: 3 };

function payloadOf(frame: string): unknown {
  try {
    const parsed: unknown = JSON.parse(frame);
    return Array.isArray(parsed) ? parsed[PAYLOAD_AT[String(parsed[0])] ?? 0] : parsed;
  } catch {
    return undefined;
  }
}

const isNumber = (step: string): boolean => /^\d+$/.test(step);

const stepsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== '');

function leavesAt(payload: unknown, steps: readonly string[]): unknown[] {
  let reached: unknown[] = [payload];
  for (const step of steps) {
    reached = reached.flatMap((value) => {
      if (Array.isArray(value) && isNumber(step)) return value.slice(Number(step), Number(step) + 1);
      return elementsOf(value).flatMap((each) => (has(each, step) ? [each[step]] : []));
    });
  }
  return reached.flatMap(elementsOf);
}

const elementsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const has = (value: unknown, name: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);

const isValue = (leaf: unknown, value: string): boolean =>
  (typeof leaf !== 'object' || leaf === null) && fold(String(leaf)) === fold(value);

/** Whether a member anywhere in the payload passes. */
function some(payload: unknown, test: (name: string, value: unknown) => boolean): boolean {
  const pending: unknown[] = [payload];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value) && Object.entries(value).some(([name, each]) => test(name, each))) return true;
    for (const each of Object.values(value)) pending.push(each);
  }
  return false;
}
