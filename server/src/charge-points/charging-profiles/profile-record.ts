import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { integerOf, type Members, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ChargingProfileRow } from '../../database/tables/smart-charging.tables.ts';

/** A profile that a charge point has. Times are milliseconds since the epoch. */
export interface ProfileRecord {
  thingName: string;
  protocol: OcppVersion;
  /** The EVSE, in OCPP 1.6 the connector. */
  place: number | null;
  /** As on the wire. */
  profile: Members;
  transactionId: string | null;
  /** What its session will say by which it is known. */
  awaits: string | null;
  source: ChargingProfile['source'];
  limitSource: string | null;
  installedBy: string | null;
}

/** null for one without an id: it can't be talked about. */
export function profileIdOf(profile: Members): number | null {
  return integerOf(profile.chargingProfileId ?? profile.id);
}

export function toRow(record: ProfileRecord, profileId: number, at: number): ChargingProfileRow {
  const { profile } = record;
  return {
    thing_name: record.thingName,
    profile_id: profileId,
    protocol: record.protocol,
    place: record.place,
    purpose: textOf(profile.chargingProfilePurpose) ?? '',
    kind: textOf(profile.chargingProfileKind) ?? '',
    stack_level: integerOf(profile.stackLevel) ?? 0,
    transaction_id: record.transactionId,
    awaits: record.awaits,
    source: record.source,
    limit_source: record.limitSource,
    profile: JSON.stringify(profile),
    installed_at: at,
    installed_by: record.installedBy,
    reported_at: record.source === 'reported' ? at : null,
  };
}

export function toProfile(row: ChargingProfileRow): ChargingProfile {
  const isOf16 = row.protocol === 'ocpp1.6';
  return {
    thingName: row.thing_name,
    profileId: row.profile_id,
    protocol: row.protocol as OcppVersion,
    evseId: isOf16 ? null : row.place,
    connectorId: isOf16 ? row.place : null,
    purpose: row.purpose,
    kind: row.kind,
    stackLevel: row.stack_level,
    transactionId: row.transaction_id,
    source: row.source as ChargingProfile['source'],
    limitSource: row.limit_source,
    profile: JSON.parse(row.profile) as Record<string, unknown>,
    installedAt: new Date(row.installed_at).toISOString(),
    installedBy: row.installed_by,
    reportedAt: row.reported_at === null ? null : new Date(row.reported_at).toISOString(),
  };
}
