import type { Transactions } from '../charge-points/transactions/transactions.ts';
import type { RunningCommandService } from '../csms/commands/create-command-service.ts';
import type { SharedWork } from '../csms/dispatch/csms.ts';
import type { Logger } from '../csms/logger.ts';
import type { Presences } from '../csms/presences.ts';
import { resumeSessions } from '../csms/resume-sessions.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { NoReply } from './ask-instance.ts';
import type { Team } from './team.ts';

export interface HandOverOptions {
  team: Team;
  presences: Pick<Presences, 'get'>;
  transactions: Transactions;
  commands: Pick<RunningCommandService, 'arrived'>;
  log: Pick<MessageLog, 'query'>;
  logger: Logger;
}

const RELEASE_WITHIN_MS = 2_000;
const RETRY_MS = 1_000;

/** A charge point goes from one process to another: what its sessions are, and what is queued for it, goes with it. */
export function createHandOver(options: HandOverOptions): SharedWork {
  const { team, presences, transactions, commands, log, logger } = options;
  const { instance, instances, askInstance } = team;

  async function takeFrom(thingName: string, from: string | null): Promise<void> {
    if (from !== null && from !== instance && instances.isAlive(from)) {
      await askInstance
        .ask(from, { thingName, kind: 'release', body: null, withinMs: RELEASE_WITHIN_MS })
        .catch((error: unknown) => {
          // It ended: then the log says what it had not written.
          if (!(error instanceof NoReply)) throw error;
        });
    }
    const since = await transactions.arrive(thingName);
    if (since !== null) await resumeSessions({ log, transactions, of: { thingName, since } });
    await commands.arrived(thingName);
  }

  const arrive: SharedWork['arrive'] = (thingName, from) =>
    takeFrom(thingName, from).catch((error: unknown) => {
      logger.warn({ err: error, thingName }, 'What is known of a charge point that came could not be read');
      setTimeout(() => {
        if (presences.get(thingName)?.instance === instance) void arrive(thingName, from);
      }, RETRY_MS).unref();
    });

  return { instance, arrive, leave: transactions.leave };
}

/** What a process that is gone had begun is ended by one of the others. */
export function endForOthers(
  { instances }: Pick<Team, 'instances'>,
  parts: readonly { giveUpOf(isAlive: (instance: string) => boolean): Promise<void> }[],
  onFault: (error: unknown) => void,
): void {
  async function giveUp(): Promise<void> {
    for (const part of parts) await part.giveUpOf(instances.isAlive);
  }
  const clean = (): void => {
    if (instances.isHeir()) void giveUp().catch(onFault);
  };
  instances.onSettled(clean);
  instances.onGone(clean);
}
