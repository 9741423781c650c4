import type { ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { variableKey } from '../../charge-points/variables/variable-rows.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { notFound } from '../errors.ts';
import { VariablePage, VariableReports, VariablesQuery } from './variables.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'variables' | 'variableReports'>;
const tags = ['configuration'];

export const variablesRoutes: FastifyPluginAsyncTypebox<Deps> = async (
  app,
  { registry, variables, variableReports },
) => {
  const mustExist = (thingName: string): void => {
    if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
  };

  app.get(
    '/things/:thingName/variables',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'The variables or configuration keys that it has reported',
        params: ThingParams,
        querystring: VariablesQuery,
        response: { 200: VariablePage, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      mustExist(params.thingName);
      const after = query.cursor === undefined ? '' : decodeCursor(query.cursor);
      const matches = variableFilter(query);
      const found = (await variables.list(params.thingName)).filter(
        (variable) => matches(variable) && variableKey(variable) > after,
      );
      const items = found.slice(0, query.limit);
      const last = found.length > query.limit ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : encodeCursor(variableKey(last)) };
    },
  );

  app.get(
    '/things/:thingName/variable-reports',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'The last reports of its device model (OCPP 2.x), newest first, with how far each has come',
        params: ThingParams,
        response: { 200: VariableReports, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      mustExist(params.thingName);
      return { items: await variableReports.list(params.thingName) };
    },
  );
};

function variableFilter({ search, component }: { search?: string; component?: string }) {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const componentName = component?.toLowerCase();
  return (variable: ReportedVariable): boolean => {
    if (componentName !== undefined && variable.component?.name.toLowerCase() !== componentName) return false;
    const { component: owner, variable: named, value } = variable;
    const text = [owner?.name, owner?.instance, named.name, named.instance, value].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
