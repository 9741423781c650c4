import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { type Annotations, createAnnotations } from './annotations/annotations.ts';
import { type Boots, createBoots } from './boots/boots.ts';
import { type ChargingProfiles, createChargingProfiles } from './charging-profiles/charging-profiles.ts';
import { type ChargingReports, createChargingReports } from './charging-reports/charging-reports.ts';
import {
  createDesiredConfiguration,
  type DesiredConfiguration,
} from './desired-configuration/desired-configuration.ts';
import { createEventStreams, type EventStreams } from './event-streams/event-streams.ts';
import { createIdTokens, type IdTokens } from './id-tokens/id-tokens.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createLocalLists, type LocalLists } from './local-lists/local-lists.ts';
import { createProfileTemplates, type ProfileTemplates } from './profile-templates/profile-templates.ts';
import { createReservations, type Reservations } from './reservations/reservations.ts';
import { createSavedSearches, type SavedSearches } from './saved-searches/saved-searches.ts';
import { createSecurityEvents, type SecurityEvents } from './security-events/security-events.ts';
import { createTolerances, type Tolerances } from './tolerances/tolerances.ts';
import { createTransactionChecks, type TransactionChecks } from './transactions/transaction-checks.ts';
import { createTransactions, type Transactions } from './transactions/transactions.ts';
import { createFirmwareFiles, type FirmwareFiles } from './transfers/firmware-files.ts';
import { createLogFiles, type LogFiles } from './transfers/log-files.ts';
import { createTransferLinks, type TransferLinks } from './transfers/transfer-links.ts';
import { createUnknownTokens, type UnknownTokens } from './unknown-tokens/unknown-tokens.ts';
import { createVariableReports, type VariableReports } from './variables/variable-reports.ts';
import { createVariables, type Variables } from './variables/variables.ts';

/** What the CSMS believes of its charge points beyond their live state, a store for each kind of thing agreed on the wire. */
export interface Records {
  transactions: Transactions;
  transactionChecks: TransactionChecks;
  idTokens: IdTokens;
  unknownTokens: UnknownTokens;
  localLists: LocalLists;
  boots: Boots;
  desiredConfiguration: DesiredConfiguration;
  variables: Variables;
  variableReports: VariableReports;
  tolerances: Tolerances;
  jobs: Jobs;
  securityEvents: SecurityEvents;
  eventStreams: EventStreams;
  reservations: Reservations;
  firmwareFiles: FirmwareFiles;
  logFiles: LogFiles;
  transferLinks: TransferLinks;
  chargingProfiles: ChargingProfiles;
  chargingReports: ChargingReports;
  profileTemplates: ProfileTemplates;
  annotations: Annotations;
  savedSearches: SavedSearches;
}

export interface RecordsOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  log: Pick<MessageLog, 'query' | 'whenDurable'>;
  /** Milliseconds since the epoch. */
  now: () => number;
  newId: () => string;
  dataDir: string;
  /** Largest firmware and log file. */
  maxUploadBytes: number;
  /** What charge points may put here, together. */
  uploadQuotaBytes: number;
  /** Other processes have charge points, too. */
  shared?: boolean;
}

export async function createRecords(options: RecordsOptions): Promise<Records> {
  const { dataDir, maxUploadBytes: maxBytes, uploadQuotaBytes: quotaBytes } = options;
  const idTokens = await createIdTokens(options);
  return {
    transactions: await createTransactions(options),
    transactionChecks: createTransactionChecks(options),
    idTokens,
    unknownTokens: await createUnknownTokens(options),
    localLists: await createLocalLists({ ...options, idTokens }),
    boots: await createBoots(options),
    desiredConfiguration: await createDesiredConfiguration(options),
    variables: createVariables(options),
    variableReports: createVariableReports(options),
    tolerances: await createTolerances(options),
    jobs: createJobs(options),
    securityEvents: createSecurityEvents(options),
    eventStreams: createEventStreams(options),
    reservations: await createReservations(options),
    firmwareFiles: await createFirmwareFiles({ ...options, folder: join(dataDir, 'firmware'), maxBytes }),
    logFiles: await createLogFiles({ ...options, folder: join(dataDir, 'uploads'), maxBytes, quotaBytes }),
    transferLinks: createTransferLinks(options),
    chargingProfiles: await createChargingProfiles(options),
    chargingReports: createChargingReports(options),
    profileTemplates: createProfileTemplates(options),
    annotations: createAnnotations(options),
    savedSearches: createSavedSearches(options),
  };
}
