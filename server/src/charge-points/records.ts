import type { Database } from '../database/database.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { createIdTokens, type IdTokens } from './id-tokens/id-tokens.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createReservations, type Reservations } from './reservations/reservations.ts';
import { createSecurityEvents, type SecurityEvents } from './security-events/security-events.ts';
import { createTolerances, type Tolerances } from './tolerances/tolerances.ts';
import { createTransactions, type Transactions } from './transactions/transactions.ts';
import { createUnknownTokens, type UnknownTokens } from './unknown-tokens/unknown-tokens.ts';
import { createVariableReports, type VariableReports } from './variables/variable-reports.ts';
import { createVariables, type Variables } from './variables/variables.ts';

/** What the CSMS believes of its charge points beyond their live state, a store for each kind of thing agreed on the wire. */
export interface Records {
  transactions: Transactions;
  idTokens: IdTokens;
  unknownTokens: UnknownTokens;
  variables: Variables;
  variableReports: VariableReports;
  tolerances: Tolerances;
  jobs: Jobs;
  securityEvents: SecurityEvents;
  reservations: Reservations;
}

export interface RecordsOptions {
  database: Pick<Database, 'query' | 'write'>;
  log: Pick<MessageLog, 'query'>;
  /** Milliseconds since the epoch. */
  now: () => number;
  newId: () => string;
}

export async function createRecords(options: RecordsOptions): Promise<Records> {
  return {
    transactions: await createTransactions(options),
    idTokens: await createIdTokens(options),
    unknownTokens: await createUnknownTokens(options),
    variables: createVariables(options),
    variableReports: createVariableReports(options),
    tolerances: await createTolerances(options),
    jobs: createJobs(options),
    securityEvents: createSecurityEvents(options),
    reservations: await createReservations(options),
  };
}
