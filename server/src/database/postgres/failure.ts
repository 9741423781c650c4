import { DatabaseAwayError, DatabaseError } from '../engine.ts';

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** PostgreSQL's own codes have five characters, and none begins with an E as the system's do. */
const REFUSAL = /^(?!E)[0-9A-Z]{5}$/;
/** Of a connection that is lost, not had, or ended by its administrator. */
const AWAY = /^(08|53|57P)/;

/** PostgreSQL's refusal with its code; when the connection was lost, nobody knows what became of the request. */
export function toFailure(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error) ?? '';
  if (REFUSAL.test(code) && !AWAY.test(code)) return new DatabaseError(message, code);
  return new DatabaseAwayError(`The connection to PostgreSQL was lost: ${message}`, null);
}

/** Why there is no connection, in words that say what to do. */
export const noConnection = (error: unknown, url: string): DatabaseAwayError =>
  new DatabaseAwayError(whyNoConnection(error, url), codeOf(error));

/** It is there, or was, and says nothing. */
export const noAnswer = (url: string): DatabaseAwayError =>
  noConnection(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }), url);

function whyNoConnection(error: unknown, url: string): string {
  const { hostname, port, username, pathname } = new URL(url);
  const place = `PostgreSQL at ${hostname}:${port || '5432'}`;
  const message = error instanceof Error ? error.message : String(error);
  const known = REASONS.find(({ when }) => when.test(codeOf(error) ?? '') || when.test(message));
  const user = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1)) || user;
  return known === undefined ? `${place}: ${message}` : `${place} ${known.why({ user, database })}`;
}

interface Reason {
  when: RegExp;
  why(about: { user: string; database: string }): string;
}

const REASONS: readonly Reason[] = [
  { when: /^ECONNREFUSED$/, why: () => 'refuses connections: is it running there?' },
  { when: /^(ENOTFOUND|EAI_AGAIN)$/, why: () => "can't be found: no such host" },
  {
    when: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$|timeout expired|connection timeout/i,
    why: () => 'does not answer: is it reachable from here?',
  },
  { when: /^28P01$/, why: ({ user }) => `refuses user '${user}': wrong name or password` },
  { when: /SASL|SCRAM/, why: ({ user }) => `asks for a password of user '${user}'` },
  {
    when: /^28000$/,
    why: ({ user, database }) => `lets nobody from here into '${database}' as '${user}' this way (pg_hba.conf)`,
  },
  { when: /^3D000$/, why: ({ database }) => `has no database '${database}': create it` },
  { when: /^42501$/, why: ({ user }) => `does not let user '${user}' make tables: give it the schema` },
  { when: /^53300$/, why: () => 'has no connection left (max_connections)' },
  { when: /^(ECONNRESET|EPIPE)$|Connection terminated/, why: () => 'has ended the connection, or the network has' },
  { when: /^57P0[123]$/, why: () => 'is starting or stopping' },
  {
    when: /does not support SSL/,
    why: () => 'has no TLS: take sslmode out of the address, or switch TLS on there',
  },
  {
    when: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/,
    why: () => 'shows a certificate of an authority that is not known here: name its file with sslrootcert=<file>',
  },
  { when: /^ERR_TLS_CERT_ALTNAME_INVALID$/, why: () => 'shows a certificate for another host' },
  { when: /^CERT_HAS_EXPIRED$/, why: () => 'shows a certificate that has expired' },
];
