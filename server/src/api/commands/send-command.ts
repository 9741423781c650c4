import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { FastifyRequest } from 'fastify';
import type { SendOutcome } from '../../csms/commands/command-service.ts';
import type { ApiDeps } from '../api-deps.ts';
import { badRequest, conflict, type ProblemError } from '../errors.ts';
import { commandView } from './command-view.ts';

/** Sends a command in the name of who asked, and resolves when it is answered or given up. */
export async function sendCommand(
  { commands, access }: Pick<ApiDeps, 'commands' | 'access'>,
  request: FastifyRequest,
  command: NewCommand & { thingName: string },
): Promise<Command> {
  const outcome = await commands.send({ ...command, sentBy: access.actor(request) });
  if (outcome.kind === 'done') return commandView(outcome.command);
  throw refusal(outcome, command);
}

function refusal(
  outcome: Exclude<SendOutcome, { kind: 'done' }>,
  { thingName, action }: Pick<Command, 'thingName' | 'action'>,
): ProblemError {
  switch (outcome.kind) {
    case 'invalid':
      return badRequest(
        `The payload breaks the schema of ${action}.`,
        outcome.violations.map(({ path, message }) => ({
          path: `/payload${path}`,
          message: `${message}${LOCATION.test(path) ? ownLink(thingName, action) : ''}`,
        })),
      );
    case 'unknown-action':
      return badRequest(`${action} is not an action that can be sent to this charge point.`, [
        { path: '/action', message: `must be one of ${outcome.known.join(', ')}` },
      ]);
    case 'unknown-version':
      return conflict('It has never connected, so its OCPP version is not known.');
  }
}

const LOCATION = /\/(location|remoteLocation)$/;

/** Nobody needs a file server to fill the field. */
const ownLink = (thingName: string, action: string): string =>
  `; POST /api/v1/things/${thingName}/${action.startsWith('Get') ? 'upload' : 'firmware'}-links makes a link to this server`;
