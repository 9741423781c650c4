import type { SendLocalList as SendRequest } from '@cpo-console/shared/api/access.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Variables } from '../../charge-points/variables/variables.ts';
import type { ApiDeps } from '../api-deps.ts';
import { commandView } from '../commands/command-view.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { chosenTokens, type PlannedUpdates, planDifferential, planFull } from './local-list-updates.ts';
import { toLocalList, toSummary } from './local-list-view.ts';
import { LocalList, LocalListPage, LocalListsQuery, SendLocalList, SentLocalList } from './local-lists.schemas.ts';

type Deps = Pick<
  ApiDeps,
  'registry' | 'liveStates' | 'localLists' | 'idTokens' | 'variables' | 'commands' | 'access' | 'now'
>;
const tags = ['local lists'];

export const localListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, localLists, access } = deps;

  function checkRegistered(thingName: string): void {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  }

  app.get(
    '/local-lists',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'The local authorization lists that we know something of, by charge point',
        querystring: LocalListsQuery,
        response: { 200: LocalListPage, ...PROBLEMS },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? {} : { after: decodeCursor(cursor) };
      const records = await localLists.list({ limit: limit + 1, ...after });
      const page = records.slice(0, limit);
      const last = records.length > limit ? page.at(-1) : undefined;
      return {
        items: page
          .filter(({ thingName }) => registry.get(thingName) !== null)
          .map((record) => toSummary(record, deps)),
        nextCursor: last === undefined ? null : encodeCursor(last.thingName),
      };
    },
  );

  app.get(
    '/things/:thingName/local-list',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'What we believe of its local authorization list',
        params: ThingParams,
        response: { 200: LocalList, ...PROBLEMS },
      },
    },
    async ({ params: { thingName } }) => {
      checkRegistered(thingName);
      return toLocalList(await localLists.get(thingName), deps);
    },
  );

  app.post(
    '/things/:thingName/local-list',
    {
      config: { permission: 'commands:operate' },
      schema: {
        tags,
        summary: 'Send it a local authorization list from the registered tokens',
        description:
          'In as many SendLocalList as its limit of entries asks for, one after the other; the first that is not accepted ends it. ' +
          'A differential update that it answers with VersionMismatch or Failed is followed by the whole list.',
        params: ThingParams,
        body: SendLocalList,
        response: { 200: SentLocalList, ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      checkRegistered(thingName);
      const { payloads, inFull, leftOut } = await plan(thingName, request.body, deps);
      const send = (parts: readonly object[]) =>
        sendParts(parts, { ...request.body, thingName, sentBy: access.actor(request) }, deps);
      const commands = await send(payloads);
      const isDifferential = request.body.updateType === 'Differential';
      if (isDifferential && asksForFull(commands.at(-1))) commands.push(...(await send(inFull)));
      return { commands, leftOut, list: toLocalList(await localLists.get(thingName), deps) };
    },
  );
};

/** One after the other; the first that is not accepted ends it. */
async function sendParts(
  payloads: readonly object[],
  { thingName, sentBy, queueSeconds }: Pick<SendRequest, 'queueSeconds'> & { thingName: string; sentBy: string },
  { commands }: Pick<Deps, 'commands'>,
): Promise<Command[]> {
  const sent: Command[] = [];
  for (const payload of payloads) {
    const outcome = await commands.send({
      action: 'SendLocalList',
      payload,
      thingName,
      sentBy,
      ...(queueSeconds === undefined ? {} : { queueSeconds }),
    });
    if (outcome.kind !== 'done') throw conflict('Its OCPP version does not take what the tokens say.');
    sent.push(commandView(outcome.command));
    if (!wentWell(outcome.command)) break;
  }
  return sent;
}

async function plan(
  thingName: string,
  request: SendRequest,
  deps: Deps,
): Promise<PlannedUpdates & { inFull: object[] }> {
  const { idTokens, liveStates, localLists, variables, now } = deps;
  const protocol = liveStates.get(thingName)?.protocol ?? null;
  if (protocol === null) throw conflict('It has never connected, so its OCPP version is not known.');
  if (request.of === 'group' && request.groupIdToken === undefined) {
    throw badRequest('A group has to be named.', [{ path: '/groupIdToken', message: 'is required' }]);
  }
  const record = await localLists.get(thingName);
  const tokens = await chosenTokens(request, { record, idTokens });
  if (tokens === null) throw conflict('Nobody knows what its list was meant to hold. Send a full list.');
  const perMessage = await entriesPerMessage(variables, thingName);
  const options = { record, protocol, tokens, idTokens, now: now(), perMessage };
  const full = planFull(options);
  const planned = request.updateType === 'Full' ? full : planDifferential(options);
  if (planned === null) throw conflict('Nobody knows what its list holds. Send a full list.');
  return { ...planned, inFull: full.payloads };
}

/** It could not take what differs from what it has. @see OCPP 1.6 §5.15 */
const asksForFull = (last: Command | undefined): boolean =>
  last?.status === 'answered' &&
  ['VersionMismatch', 'Failed'].includes(String((last.response as { status?: unknown })?.status));

const wentWell = ({ status, response }: Command): boolean =>
  status === 'queued' || (status === 'answered' && (response as { status?: unknown })?.status === 'Accepted');

/** As it has reported it, else what a charge point that says nothing can be asked. */
async function entriesPerMessage(variables: Variables, thingName: string): Promise<number> {
  const reported = (await variables.list(thingName)).find(
    ({ component, variable }) =>
      (component === null && variable.name === 'SendLocalListMaxLength') ||
      (component?.name === 'LocalAuthListCtrlr' && variable.name === 'ItemsPerMessage'),
  );
  const limit = Number(reported?.value);
  return Number.isInteger(limit) && limit > 0 ? limit : PER_MESSAGE;
}

const PER_MESSAGE = 200;
