import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { checkKey } from './auth/check-key.ts';
import { loadOrCreateKey } from './auth/secret-key.ts';
import { createDoor, type Door } from './charge-points/door.ts';
import { createFleet, type Fleet } from './charge-points/fleet.ts';
import { forgetRemoved } from './charge-points/forget-removed.ts';
import { createLiveStates, type LiveStates } from './charge-points/live-states.ts';
import { createRecords, type Records } from './charge-points/records.ts';
import { reportState } from './charge-points/report-state.ts';
import { createStateSnapshots, newestKnownRow } from './charge-points/state-snapshots.ts';
import type { Config } from './config/config.ts';
import { takeDataDir } from './data-dir.ts';
import type { Database } from './database/database.ts';
import { openDatabase } from './database/open-database.ts';
import { type Imports, openImports } from './message-log/imports/imports.ts';
import { openMessageLog } from './message-log/journaled-message-log.ts';
import type { MessageLog } from './message-log/message-log.ts';
import { type AwsIot, openAwsIot } from './registry/aws-iot/open-aws-iot.ts';
import { createEmbeddedRegistry } from './registry/embedded/embedded-registry.ts';
import { createEmbeddedShadows } from './registry/embedded/embedded-shadows.ts';
import type { Registry } from './registry/registry.ts';
import type { Shadows } from './registry/shadows.ts';
import { openRetention } from './retention/open-retention.ts';
import type { Pins } from './retention/pins.ts';
import type { RetentionService } from './retention/retention.ts';

/** What is kept, and what follows it. */
export interface Stores {
  database: Database;
  secretKey: Buffer;
  registry: Registry;
  /** null unless the back end is `aws`. */
  awsIot: AwsIot | null;
  shadows: Shadows;
  log: MessageLog;
  imports: Imports;
  retention: RetentionService;
  pins: Pins;
  liveStates: LiveStates;
  fleet: Fleet;
  door: Door;
  records: Records;
  /** Whoever writes has stopped before. */
  close(): Promise<void>;
}

export interface PartsOptions {
  config: Config;
  logger: FastifyBaseLogger;
  now: () => number;
}

/** Whether other processes may do the same work beside this one: they hear each other over the broker, and share what is stored. */
export const isShared = ({ databaseUrl, iotBackend }: Config): boolean =>
  databaseUrl !== null && iotBackend !== 'embedded';

export async function openStores({ config, logger, now }: PartsOptions): Promise<Stores> {
  const { dataDir, databaseUrl, unauthenticatedThings, retentionDays, maxUploadBytes, uploadQuotaBytes } = config;
  const releaseDataDir = takeDataDir(dataDir);
  const onTrouble = (err: unknown): void => logger.error({ err }, 'storage trouble');
  const newId = randomUUID;
  const shared = isShared(config);
  const database = await openDatabase({ dataDir, databaseUrl, shared, logger, now });
  const secretKey = config.credentialsKey ?? (await loadOrCreateKey(dataDir, 'credentials'));
  const keyIs = config.credentialsKey === null ? `DATA_DIR: ${dataDir}/keys/credentials.key` : 'CREDENTIALS_KEY';
  await checkKey({ database, name: 'credentials', key: secretKey, keyIs });
  const local = await createEmbeddedRegistry({ database, secretKey, unauthenticatedThings, now });
  const awsIot =
    config.awsIot === null ? null : await openAwsIot({ settings: config.awsIot, replica: local, logger, now });
  const registry = awsIot?.registry ?? local;
  const shadows = createEmbeddedShadows({ database, now });
  const postgres = databaseUrl === null ? null : { url: databaseUrl, idsAfter: await newestKnownRow(database), shared };
  const log = await openMessageLog({
    dataDir,
    postgres,
    onTrouble: (error) => (error === null ? logger.info({}, 'The message log can be stored again') : onTrouble(error)),
  });
  const imports = await openImports({
    dataDir,
    quotaBytes: config.importQuotaBytes,
    maxCount: config.maxImports,
    now,
    newId,
  });
  const liveStates = await createLiveStates({ log, snapshots: createStateSnapshots(database), onTrouble });
  const fleet = createFleet({ log, registry, liveStates, now });
  const stopReporting = reportState({ liveStates, registry, shadows, onTrouble });
  const door = await createDoor({ log, registry, database, now });
  const records = await createRecords({
    database,
    log,
    now,
    newId,
    dataDir,
    maxUploadBytes,
    uploadQuotaBytes,
    shared,
  });
  const stopForgetting = forgetRemoved({ registry, ...records, onTrouble });
  const { logFiles } = records;
  const messageDays = retentionDays;
  const keeping = await openRetention({ database, log, imports, logFiles, messageDays, now, newId, onTrouble });
  const kept = {
    ...keeping,
    database,
    secretKey,
    registry,
    awsIot,
    shadows,
    log,
    imports,
    liveStates,
    fleet,
    door,
    records,
  };

  return {
    ...kept,
    async close() {
      await keeping.retention.close();
      door.close();
      fleet.close();
      await stopReporting();
      await awsIot?.close();
      stopForgetting();
      await liveStates.close();
      await imports.close();
      await log.close();
      await database.close();
      releaseDataDir();
    },
  };
}
