import type { IncomingHttpHeaders } from 'node:http';

/**
 * A recorded log must not be run again as a charge point that somebody drives to. Whoever does that asks for a sandbox in
 * the handshake, so that the answer comes before a connection that the real one may have is taken over; and a server
 * that does not know the question does not give the answer.
 */
const HEADER = 'x-cpo-console-sandbox';

export const asksForSandbox = (headers: IncomingHttpHeaders): boolean => headers[HEADER] === 'required';

/** Adds to the lines of the handshake's answer: the question was understood, and answered with yes. */
export function sayItIsSandbox(lines: string[], headers: IncomingHttpHeaders): void {
  if (asksForSandbox(headers)) lines.push(`${HEADER}: yes`);
}
