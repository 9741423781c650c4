import type { FastifyInstance } from 'fastify';
import { streamRoutes } from '../live/stream.routes.ts';
import { actionsRoutes } from './actions/actions.routes.ts';
import { annotationsRoutes } from './annotations/annotations.routes.ts';
import type { ApiDeps } from './api-deps.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { bootPolicyRoutes } from './boot-policy/boot-policy.routes.ts';
import { bulkCommandsRoutes } from './bulk-commands/bulk-commands.routes.ts';
import { commandsRoutes } from './commands/commands.routes.ts';
import { desiredConfigurationRoutes } from './desired-configuration/desired-configuration.routes.ts';
import { driftRoutes } from './desired-configuration/drift.routes.ts';
import { doorRoutes } from './door/door.routes.ts';
import { answerNotFound, registerErrorHandler } from './errors.ts';
import { eventStreamsRoutes } from './event-streams/event-streams.routes.ts';
import { findingsRoutes } from './findings/findings.routes.ts';
import { fleetFindingsRoutes } from './findings/fleet-findings.routes.ts';
import { firmwareFilesRoutes } from './firmware-files/firmware-files.routes.ts';
import { fleetRoutes } from './fleet/fleet.routes.ts';
import { healthDetailRoutes, healthRoutes } from './health/health.routes.ts';
import { idTokensRoutes } from './id-tokens/id-tokens.routes.ts';
import { importIdTokensRoutes } from './id-tokens/import-id-tokens.routes.ts';
import { unknownTokensRoutes } from './id-tokens/unknown-tokens.routes.ts';
import { importsRoutes } from './imports/imports.routes.ts';
import { uploadLogRoutes } from './imports/upload-log.routes.ts';
import { jobOrdersRoutes } from './jobs/job-orders.routes.ts';
import { jobsRoutes } from './jobs/jobs.routes.ts';
import { ownLinksRoutes } from './jobs/own-links.routes.ts';
import { localListsRoutes } from './local-lists/local-lists.routes.ts';
import { logFilesRoutes } from './log-files/log-files.routes.ts';
import { exportRoutes } from './messages/export.routes.ts';
import { messagesRoutes } from './messages/messages.routes.ts';
import { docsRoutes, openApiRoutes } from './openapi.ts';
import { replayRoutes } from './replay/replay.routes.ts';
import { replaysRoutes } from './replays/replays.routes.ts';
import { reservationsRoutes } from './reservations/reservations.routes.ts';
import { pinsRoutes } from './retention/pins.routes.ts';
import { retentionRoutes } from './retention/retention.routes.ts';
import { insistOnSameResource } from './same-resource.ts';
import { savedSearchesRoutes } from './saved-searches/saved-searches.routes.ts';
import { securityEventsRoutes } from './security-events/security-events.routes.ts';
import { shadowRoutes } from './shadow/shadow.routes.ts';
import { chargingProfilesRoutes } from './smart-charging/charging-profiles.routes.ts';
import { profileTemplatesRoutes } from './smart-charging/profile-templates.routes.ts';
import { importRoutes } from './things/import.routes.ts';
import { thingTagsRoutes } from './things/thing-tags.routes.ts';
import { thingsRoutes } from './things/things.routes.ts';
import { toleranceRoutes } from './tolerance/tolerance.routes.ts';
import { transactionsRoutes } from './transactions/transactions.routes.ts';
import { firmwareDownloadRoutes } from './transfers/firmware-download.routes.ts';
import { uploadRoutes } from './transfers/upload.routes.ts';
import { validatorCompiler } from './validate.ts';
import { changeVariablesRoutes } from './variables/change-variables.routes.ts';
import { variablesRoutes } from './variables/variables.routes.ts';

/** For machines: what a load balancer asks, and the files that charge points fetch and put. */
export async function registerMachineRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(async (scope) => {
    useOurSchemas(scope);
    await scope.register(healthRoutes, deps);
  });
  await app.register(async (scope) => {
    registerErrorHandler(scope);
    await scope.register(firmwareDownloadRoutes, deps);
    await scope.register(uploadRoutes, deps);
  });
}

/**
 * REST, the event stream and the reader at /docs. Before it: `registerOpenApi`, then the plugin that checks
 * `config.permission`.
 */
export async function registerApi(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(docsRoutes);
  await app.register(
    async (scope) => {
      useOurSchemas(scope);
      scope.setNotFoundHandler(answerNotFound);
      await scope.register(thingsRoutes, deps);
      await scope.register(thingTagsRoutes, deps);
      await scope.register(importRoutes, deps);
      await scope.register(shadowRoutes, deps);
      await scope.register(variablesRoutes, deps);
      await scope.register(changeVariablesRoutes, deps);
      await scope.register(bootPolicyRoutes, deps);
      await scope.register(desiredConfigurationRoutes, deps);
      await scope.register(driftRoutes, deps);
      await scope.register(jobsRoutes, deps);
      await scope.register(jobOrdersRoutes, deps);
      await scope.register(ownLinksRoutes, deps);
      await scope.register(firmwareFilesRoutes, deps);
      await scope.register(logFilesRoutes, deps);
      await scope.register(securityEventsRoutes, deps);
      await scope.register(eventStreamsRoutes, deps);
      await scope.register(fleetRoutes, deps);
      await scope.register(doorRoutes, deps);
      await scope.register(commandsRoutes, deps);
      await scope.register(bulkCommandsRoutes, deps);
      await scope.register(actionsRoutes);
      await scope.register(uploadLogRoutes, deps);
      await scope.register(importsRoutes, deps);
      await scope.register(retentionRoutes, deps);
      await scope.register(pinsRoutes, deps);
      await scope.register(findingsRoutes, deps);
      await scope.register(fleetFindingsRoutes, deps);
      await scope.register(replayRoutes, deps);
      await scope.register(annotationsRoutes, deps);
      await scope.register(replaysRoutes, deps);
      await scope.register(exportRoutes, deps);
      await scope.register(messagesRoutes, deps);
      await scope.register(savedSearchesRoutes, deps);
      await scope.register(transactionsRoutes, deps);
      await scope.register(toleranceRoutes, deps);
      await scope.register(idTokensRoutes, deps);
      await scope.register(reservationsRoutes, deps);
      await scope.register(importIdTokensRoutes, deps);
      await scope.register(unknownTokensRoutes, deps);
      await scope.register(chargingProfilesRoutes, deps);
      await scope.register(profileTemplatesRoutes, deps);
      await scope.register(localListsRoutes, deps);
      await scope.register(streamRoutes, deps);
      await scope.register(auditRoutes, deps);
      await scope.register(healthDetailRoutes, deps);
      await scope.register(openApiRoutes);
    },
    { prefix: '/api/v1' },
  );
}

function useOurSchemas(scope: FastifyInstance): void {
  registerErrorHandler(scope);
  scope.setValidatorCompiler(validatorCompiler);
  scope.addHook('preHandler', insistOnSameResource);
  // The views are built for their schemas by type; fast-json-stringify would drop what a schema leaves open.
  scope.setSerializerCompiler(() => JSON.stringify);
}
