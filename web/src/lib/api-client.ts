import type { Problem } from '@cpo-console/shared/api/page.ts';
import { saysSomething } from './search.ts';

/** A request that the server refused, or that never reached it (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.problem = problem;
  }
}

export type Query = Record<string, string | number | boolean | string[] | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Sent as it is, instead of a body in JSON. */
  text?: { content: string; type: string };
  file?: Blob;
  signal?: AbortSignal;
}

const BASE = '/api/v1';

export function apiUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const each of value) params.append(name, each);
    else if (value !== undefined && saysSomething(name, String(value))) params.set(name, String(value));
  }
  const text = params.toString();
  return BASE + path + (text === '' ? '' : `?${text}`);
}

let onUnauthorized: () => void = () => {};
/** What to do when the session has ended: the one place that learns of every 401. */
export function whenUnauthorized(act: () => void): void {
  onUnauthorized = act;
}

async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  if (options.text) {
    init.body = options.text.content;
    init.headers = { accept: 'application/json', 'content-type': options.text.type };
  }
  if (options.file) {
    init.body = options.file;
    init.headers = { accept: 'application/json', 'content-type': 'application/octet-stream' };
  }
  const response = await fetchOrExplain(apiUrl(path, options.query), init);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (response.status === 401 && path !== '/session') onUnauthorized();
    throw new ApiError(problem);
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function fetchOrExplain(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ type: 'about:blank', title: 'unreachable', status: 0, detail: '' });
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = { type: 'about:blank', title: response.statusText, status: response.status, detail: '' };
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...fallback, ...body } : fallback;
  } catch {
    return fallback;
  }
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown) => request<T>('POST', path, { body: body ?? {} }),
  postText: <T>(path: string, { query, text, type }: { query?: Query; text: string; type: string }) =>
    request<T>('POST', path, { ...(query && { query }), text: { content: text, type } }),
  /** A file as it is. */
  postFile: <T>(path: string, { query, file }: { query: Query; file: Blob }) =>
    request<T>('POST', path, { query, file }),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path),
};

export const thingPath = (thingName: string, rest = ''): string => `/things/${encodeURIComponent(thingName)}${rest}`;
