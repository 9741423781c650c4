import type { Target } from './fuzz.ts';

/** What was read, and what could not be. */
export interface Readings {
  /** How many answers and how long they took, by the path of the OpenAPI document. */
  read: Map<string, { answers: number; seconds: number }>;
  /** Paths for which nothing exists that they could show. */
  unread: string[];
  findings: string[];
}

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  schema: { enum?: unknown[]; maximum?: number; anyOf?: { const?: unknown }[] };
}

interface Operation {
  path: string;
  parameters: Parameter[];
}

/** Charge points whose whole log is asked for in each way that there is. */
const OF_THE_LONG = 3;
const DAY_MS = 86_400_000;

/** Asks every GET of the OpenAPI document for `ofEach` of whatever there is to ask for, and each list to its last page. */
export async function readEverything(target: Target, now: number, ofEach = 50): Promise<Readings> {
  const reader = new Reader(target, now, ofEach);
  const operations = await reader.operations();
  // Those that need no id tell the ids that the others need.
  for (const operation of operations.sort((a, b) => depth(a) - depth(b))) await reader.walk(operation);
  return reader.readings;
}

const depth = ({ path }: Operation): number => path.split('{').length + (path.endsWith('/content') ? 1 : 0);

class Reader {
  readonly readings: Readings = { read: new Map(), unread: [], findings: [] };
  readonly #target: Target;
  readonly #range: Record<string, string>;
  readonly #ofEach: number;
  /** What lists have, by the last word of their path. */
  readonly #listed = new Map<string, Record<string, unknown>[]>();

  constructor(target: Target, now: number, ofEach: number) {
    this.#target = target;
    this.#ofEach = ofEach;
    const [from, to] = [now - DAY_MS, now + DAY_MS].map((at) => new Date(at).toISOString());
    this.#range = { from: from ?? '', to: to ?? '' };
  }

  async operations(): Promise<Operation[]> {
    const response = await this.#target.request('GET', '/openapi.json');
    const { paths } = (await response.json()) as { paths: Record<string, { get?: { parameters?: Parameter[] } }> };
    return Object.entries(paths).flatMap(([path, { get }]) =>
      get === undefined || !path.startsWith('/api/v1')
        ? []
        : [{ path: path.slice(7), parameters: get.parameters ?? [] }],
    );
  }

  async walk({ path, parameters }: Operation): Promise<void> {
    const addresses = this.#addresses(path, parameters);
    if (addresses.length === 0) this.readings.unread.push(path);
    for (const address of addresses) {
      const last = address.split('?', 1)[0]?.split('/').at(-1) ?? '';
      await this.#readPages(path, address, last);
    }
  }

  /** The path with each of the names and ids that are known, and each form that it can be had in. */
  #addresses(path: string, parameters: Parameter[]): string[] {
    const [, list = '', name = ''] = /([\w-]+)\/\{(\w+)\}/.exec(path) ?? [];
    const known = name === '' ? [{}] : spread(this.#listed.get(list) ?? [], this.#ofEach);
    const queries = this.#queries(parameters.filter((parameter) => parameter.in === 'query'));
    return known.flatMap((item: Record<string, unknown>) => {
      const value = encodeURIComponent(String(item[name] ?? item.id));
      const filled = path.replace(/\{\w+\}/, value);
      return queries.map((query) => (query === '' ? filled : `${filled}?${query}`));
    });
  }

  #queries(parameters: Parameter[]): string[] {
    const values = parameters.flatMap(({ name, required = false, schema }) => {
      const choices = schema.enum ?? schema.anyOf?.flatMap((one) => (one.const === undefined ? [] : [one.const])) ?? [];
      if (name === 'format' || name === 'protocol') return [choices.map((choice) => [name, String(choice)])];
      if (name === 'limit') return [[[name, String(schema.maximum ?? 100)]]];
      if (!required) return [];
      if (name === 'thingName') return [this.#names().map((thingName) => [name, thingName])];
      return [[[name, this.#range[name] ?? '0']]];
    });
    const combined = values.reduce<string[][][]>(
      (all, choices) => all.flatMap((one) => choices.map((choice) => [...one, choice])),
      [[]],
    );
    return combined.map((pairs) => new URLSearchParams(pairs as [string, string][]).toString());
  }

  #names(): string[] {
    return spread(this.#listed.get('things') ?? [], OF_THE_LONG).map(({ thingName }) => String(thingName));
  }

  async #readPages(path: string, address: string, list: string): Promise<void> {
    const join = address.includes('?') ? '&' : '?';
    const known = this.#listed.get(list) ?? [];
    for (let cursor: unknown = ''; typeof cursor === 'string'; ) {
      const page = await this.#read(
        path,
        cursor === '' ? address : `${address}${join}cursor=${encodeURIComponent(cursor)}`,
      );
      const { items, nextCursor } = (page ?? {}) as { items?: unknown; nextCursor?: unknown };
      if (cursor === '' && Array.isArray(items)) this.#listed.set(list, [...known, ...spread(items, this.#ofEach)]);
      cursor = nextCursor;
    }
  }

  /** One answer to its end. @returns it, where it is JSON */
  async #read(path: string, address: string): Promise<unknown> {
    const abort = new AbortController();
    const startedAt = performance.now();
    try {
      const response = await this.#target.request('GET', address, { signal: abort.signal });
      const type = response.headers.get('content-type') ?? '';
      if (response.status >= 500) this.#find(address, `${response.status} ${await response.text()}`);
      else if (type.includes('event-stream')) abort.abort();
      else if (type.includes('json') && !type.includes('jsonl')) return await response.json();
      else await readBody(response, type);
    } catch (error) {
      this.#find(address, String(error));
    } finally {
      const { answers, seconds } = this.readings.read.get(path) ?? { answers: 0, seconds: 0 };
      const took = (performance.now() - startedAt) / 1_000;
      this.readings.read.set(path, { answers: answers + 1, seconds: seconds + took });
    }
    return null;
  }

  #find(address: string, what: string): void {
    this.readings.findings.push(`GET ${address}: ${what.slice(0, 500)}`);
  }
}

/** So many of them, from all over the list. */
const spread = <T>(items: readonly T[], count: number): T[] =>
  items.filter((_, place) => place % Math.ceil(items.length / count) === 0);

/** To its end, and each line by itself where it is JSON. */
async function readBody(response: Response, type: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: !type.includes('zip') && !type.includes('octet') });
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (type.includes('jsonl')) for (const line of lines) JSON.parse(line);
  }
}
