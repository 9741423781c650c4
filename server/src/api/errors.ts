import { STATUS_CODES } from 'node:http';
import type { Problem } from '@cpo-console/shared/api/page.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseAwayError } from '../database/engine.ts';
import { CloudError } from '../registry/aws-iot/cloud-error.ts';

type FieldErrors = NonNullable<Problem['errors']>;

/** An answer other than the one asked for, on purpose: its words are for the caller. */
export class ProblemError extends Error {
  readonly statusCode: number;
  readonly errors: FieldErrors | undefined;

  constructor(statusCode: number, detail: string, errors?: FieldErrors) {
    super(detail);
    this.name = 'ProblemError';
    this.statusCode = statusCode;
    this.errors = errors;
  }
}

export const badRequest = (detail: string, errors?: FieldErrors): ProblemError => new ProblemError(400, detail, errors);
export const notFound = (what: string): ProblemError => new ProblemError(404, `There is no ${what}.`);
export const conflict = (detail: string): ProblemError => new ProblemError(409, detail);

/** @see RFC 9457 */
export function toProblem(status: number, detail: string, errors?: FieldErrors): Problem {
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
  return errors === undefined || errors.length === 0 ? problem : { ...problem, errors };
}

/** Every error of the routes of `app` and below becomes problem details. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
}

/** For addresses that nothing serves. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '';
  return sendProblem(reply, toProblem(404, `Nothing is served at ${request.method} ${path}.`));
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.validation !== undefined) return sendProblem(reply, validationProblem(error));
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: error }, 'request failed');
    const isAway = error instanceof CloudError || error instanceof DatabaseAwayError;
    if (isAway) reply.header('retry-after', '30');
    const known = isAway || error instanceof ProblemError;
    const detail = known ? wordsFor(error, request) : UNEXPECTED;
    return sendProblem(reply, { ...toProblem(status, detail), ...(known ? {} : { requestId: request.id }) });
  }
  return sendProblem(reply, toProblem(status, error.message, error instanceof ProblemError ? error.errors : undefined));
}

const UNEXPECTED = 'The server failed at this request. Its log says why, under the request id.';

/** Where the database is, and as whom we sign in there, is for staff: who that is it may not be able to say now. */
const wordsFor = (error: Error, { identity }: FastifyRequest): string =>
  error instanceof DatabaseAwayError && !identity ? "The database can't be used just now." : error.message;

function sendProblem(reply: FastifyReply, problem: Problem & { requestId?: string }): FastifyReply {
  // Its own text: the route's serializer knows the shapes of success only.
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem);
}

function validationProblem(error: FastifyError): Problem {
  const errors = withoutAsides(error.validation ?? []).flatMap(fieldErrors);
  const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'request');
  const first = errors[0];
  const detail =
    first === undefined
      ? `The ${where} is not valid.`
      : `The ${where} is not valid: ${first.path === '' ? 'it' : first.path.slice(1)} ${first.message}.`;
  return toProblem(400, detail, errors);
}

type Violation = NonNullable<FastifyError['validation']>[number];

/** Of a value that may be null too, or have one of several shapes: what is wrong with its shape says it all. */
function withoutAsides(violations: Violation[]): Violation[] {
  const unions = new Set(
    violations.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath),
  );
  const isAside = ({ keyword, params, instancePath }: Violation): boolean =>
    unions.has(instancePath) && (keyword === 'anyOf' || (keyword === 'type' && params.type === 'null'));
  const told = violations.filter((each) => !isAside(each) && each.keyword !== 'const');
  return violations.filter(
    (each) => !isAside(each) || !told.some(({ instancePath }) => instancePath.startsWith(each.instancePath)),
  );
}

/** The place is a JSON pointer to the member that is wrong, also when it is wrong by being absent or unknown. */
function fieldErrors(error: Violation): FieldErrors {
  const at = error.instancePath;
  const members = (key: string): string[] => {
    const value = error.params[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  };
  if (error.keyword === 'required') {
    const missing = [...members('requiredProperties'), ...[error.params.missingProperty].filter(isString)];
    return missing.map((name) => ({ path: `${at}/${name}`, message: 'is required' }));
  }
  if (error.keyword === 'additionalProperties') {
    const unknown = [...members('additionalProperties'), ...[error.params.additionalProperty].filter(isString)];
    return unknown.map((name) => ({ path: `${at}/${name}`, message: 'is not known here' }));
  }
  // Said better by the `additionalProperties` or `anyOf` beside it.
  if (error.keyword === 'boolean' || error.keyword === 'const') return [];
  if (error.keyword === 'format' && error.params.format === 'date-time') {
    return [{ path: at, message: 'must be a time as 2026-05-04T10:15:30Z' }];
  }
  if (error.keyword === 'enum') {
    return [{ path: at, message: `must be one of ${members('allowedValues').join(', ')}` }];
  }
  return [{ path: at, message: error.message ?? 'is not valid' }];
}

const isString = (value: unknown): value is string => typeof value === 'string';
