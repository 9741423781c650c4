import { badRequest } from './errors.ts';

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/**
 * A time of a query, whose form the schema has checked.
 * @throws ProblemError for what has the form but is no time, such as a second 61
 */
export function parseTime(text: string, field: string): number {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw badRequest(`${field} is not a time.`, [{ path: `/${field}`, message: 'is not a time' }]);
}
