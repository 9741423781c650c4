import type { Migration } from './migration.ts';
import { registry } from './migrations/0001-registry.ts';
import { auth } from './migrations/0002-auth.ts';
import { chargePoints } from './migrations/0003-charge-points.ts';
import { liveState } from './migrations/0004-live-state.ts';
import { tolerances } from './migrations/0010-tolerances.ts';
import { jobs } from './migrations/0020-jobs.ts';
import { reservations } from './migrations/0030-reservations.ts';
import { smartCharging } from './migrations/0031-smart-charging.ts';
import { access } from './migrations/0040-access.ts';
import { deviceModel } from './migrations/0040-device-model.ts';
import { boots } from './migrations/0041-boots.ts';
import { desiredConfiguration } from './migrations/0042-desired-configuration.ts';
import { sessionFrames } from './migrations/0045-session-frames.ts';
import { bulkCommands } from './migrations/0046-bulk-commands.ts';
import { localLists } from './migrations/0050-local-lists.ts';
import { transfers } from './migrations/0050-transfers.ts';
import { sessionFacts } from './migrations/0060-session-facts.ts';
import { eventStreams } from './migrations/0065-event-streams.ts';
import { door } from './migrations/0070-door.ts';
import { retention } from './migrations/0080-retention.ts';
import { sandbox } from './migrations/0081-sandbox.ts';
import { replays } from './migrations/0085-replays.ts';
import { savedSearches } from './migrations/0090-saved-searches.ts';
import { auditTrail } from './migrations/0100-audit-trail.ts';
import { sessionProgress } from './migrations/0110-session-progress.ts';
import { users } from './migrations/0120-users.ts';
import { noteEdits } from './migrations/0130-note-edits.ts';
import { instances } from './migrations/0140-instances.ts';
import { offeredPasswords } from './migrations/0150-offered-passwords.ts';
import { securityProfile } from './migrations/0160-security-profile.ts';
import { auditTrailGuard } from './migrations/0170-audit-trail-guard.ts';

/** In the order in which they run. */
export const MIGRATIONS: readonly Migration[] = [
  registry,
  auth,
  chargePoints,
  liveState,
  tolerances,
  jobs,
  reservations,
  access,
  sessionFrames,
  bulkCommands,
  deviceModel,
  transfers,
  smartCharging,
  localLists,
  boots,
  sessionFacts,
  desiredConfiguration,
  eventStreams,
  door,
  retention,
  sandbox,
  replays,
  savedSearches,
  auditTrail,
  sessionProgress,
  users,
  noteEdits,
  instances,
  offeredPasswords,
  securityProfile,
  auditTrailGuard,
];
