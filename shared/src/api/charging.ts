import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { ProfileDraft } from '../smart-charging/charging-profile.ts';

/** One that the charge point has, as far as we know. */
export interface ChargingProfile {
  thingName: string;
  /** The one on the wire, as are the words below. */
  profileId: number;
  protocol: OcppVersion;
  /** OCPP 2.x; 0: the station. null in OCPP 1.6, and while it waits for the session that it was sent with. */
  evseId: number | null;
  /** OCPP 1.6; 0: the charge point. */
  connectorId: number | null;
  purpose: string;
  kind: string;
  stackLevel: number;
  transactionId: string | null;
  /** How we know of it. */
  source: 'set' | 'remote-start' | 'reported';
  /** OCPP 2.x, once reported: `CSO`, `EMS`, … */
  limitSource: string | null;
  /** As on the wire. */
  profile: Record<string, unknown>;
  installedAt: string;
  /** null: not by us. */
  installedBy: string | null;
  /** When the charge point last said that it has it. */
  reportedAt: string | null;
}

/** What a charge point said last about how it charges; EVSE or connector 0 is the whole. `content` is as on the wire. */
export interface ChargingReport {
  kind: 'composite-schedule' | 'limit' | 'ev-needs' | 'ev-schedule' | 'priority-charging';
  evseId: number;
  /** Of a limit: `EMS`, `SO`, … */
  source: string | null;
  content: Record<string, unknown>;
  at: string;
}

/** A profile to be set again and again, in no version's words. `profile` has no id and no transaction. */
export interface ProfileTemplate {
  id: string;
  name: string;
  profile: ProfileDraft;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}
