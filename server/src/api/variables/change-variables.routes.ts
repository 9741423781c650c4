import type { VariableChange, VariablePlace } from '@cpo-console/shared/api/configuration.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { commandView } from '../commands/command-view.ts';
import { Command } from '../commands/commands.schemas.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { toPlace } from './new-place.ts';
import { ChangeResults, NewPlace, VariableChanges } from './variables.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'configuration' | 'access'>;
const tags = ['configuration'];

export const changeVariablesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, configuration, access } = deps;

  const versionOf = (thingName: string): OcppVersion => {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
    const version = configuration.versionOf(thingName);
    if (version === null) throw conflict('It has never connected, so its OCPP version is not known.');
    return version;
  };

  app.post(
    '/things/:thingName/variables/read',
    {
      config: { permission: 'commands:support' },
      schema: {
        tags,
        summary: 'Ask a charge point for its variables or configuration keys',
        description:
          'All of them, or those given. In OCPP 2.x a report comes after the answer: see `variable-reports`.',
        params: ThingParams,
        body: Type.Object(
          {
            variables: Type.Optional(Type.Array(NewPlace, { maxItems: 500 })),
            base: Type.Optional(
              Type.Enum(['FullInventory', 'ConfigurationInventory', 'SummaryInventory'], {
                description: 'OCPP 2.x: which report, when no variables are given. Default FullInventory.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ commands: Type.Array(Command) }), ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      const { variables = [], base = 'FullInventory' } = request.body;
      const places = placesIn({ variables }, versionOf(thingName));
      const commands = await configuration.read(thingName, { places, base, sentBy: access.actor(request) });
      return { commands: (commands ?? []).map(commandView) };
    },
  );

  app.patch(
    '/things/:thingName/variables',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Set variables or configuration keys, with a result for each',
        params: ThingParams,
        body: VariableChanges,
        response: { 200: ChangeResults, ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      const { changes } = request.body;
      const places = placesIn({ changes }, versionOf(thingName));
      const asked = places.map((place, index) => ({ ...place, value: changes[index]?.value ?? '' }));
      return { results: (await configuration.change(thingName, asked, access.actor(request))) ?? [] };
    },
  );
};

function placesIn(
  body: Record<string, readonly Omit<VariableChange, 'value'>[]>,
  version: OcppVersion,
): VariablePlace[] {
  const [member = '', given = []] = Object.entries(body)[0] ?? [];
  const hasComponents = version !== 'ocpp1.6';
  return given.map((each, index) => {
    const place = toPlace(each);
    if ((place.component !== null) === hasComponents) return place;
    const message = hasComponents ? 'is needed in OCPP 2.x' : 'does not exist in OCPP 1.6';
    throw badRequest('A variable does not fit the charge point’s OCPP version.', [
      { path: `/${member}/${index}/component`, message },
    ]);
  });
}
