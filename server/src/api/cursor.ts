import { badRequest } from './errors.ts';

/** Cursors are opaque to callers, so that what they hold may change. */
export const encodeCursor = (position: string): string => Buffer.from(position, 'utf8').toString('base64url');

export const decodeCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** @throws ProblemError when it is not one of ours */
export function decodeIdCursor(cursor: string): number {
  const id = Number(decodeCursor(cursor));
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw badRequest('The cursor is not one that this server gave.', [{ path: '/cursor', message: 'is not valid' }]);
}
