import type { AccessTables } from './tables/access.tables.ts';
import type { AuditTables } from './tables/audit.tables.ts';
import type { AuthTables } from './tables/auth.tables.ts';
import type { BootsTables } from './tables/boots.tables.ts';
import type { BulkCommandsTables } from './tables/bulk-commands.tables.ts';
import type { ChargePointsTables } from './tables/charge-points.tables.ts';
import type { DesiredConfigurationTables } from './tables/desired-configuration.tables.ts';
import type { DeviceModelTables } from './tables/device-model.tables.ts';
import type { DoorTables } from './tables/door.tables.ts';
import type { EventStreamsTables } from './tables/event-streams.tables.ts';
import type { JobsTables } from './tables/jobs.tables.ts';
import type { LiveStateTables } from './tables/live-state.tables.ts';
import type { RegistryTables } from './tables/registry.tables.ts';
import type { ReplaysTables } from './tables/replays.tables.ts';
import type { ReservationsTables } from './tables/reservations.tables.ts';
import type { RetentionTables } from './tables/retention.tables.ts';
import type { SavedSearchesTables } from './tables/saved-searches.tables.ts';
import type { SmartChargingTables } from './tables/smart-charging.tables.ts';
import type { TolerancesTables } from './tables/tolerances.tables.ts';
import type { TransfersTables } from './tables/transfers.tables.ts';

/** Every table of the database. Each area owns its own file under tables/. */
export interface Schema
  extends RegistryTables,
    AuthTables,
    ChargePointsTables,
    LiveStateTables,
    TolerancesTables,
    JobsTables,
    ReservationsTables,
    RetentionTables,
    AccessTables,
    BulkCommandsTables,
    DeviceModelTables,
    TransfersTables,
    EventStreamsTables,
    SmartChargingTables,
    BootsTables,
    DesiredConfigurationTables,
    ReplaysTables,
    SavedSearchesTables,
    AuditTables,
    DoorTables {}
