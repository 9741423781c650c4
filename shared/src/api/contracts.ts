/**
 * The JSON shapes of the REST and SSE interface, as the console and scripts see them. The server's TypeBox schemas are
 * checked against these types; the web app imports nothing else of the server's.
 * Times are RFC 3339 UTC with milliseconds.
 */
import type { LogDirection, LogKind, RefusalReason } from '../message-log/log-row.ts';
import type { OcppVersion, Violation } from '../ocpp-j/frame.ts';
import type { ChargePointState } from '../projection/charge-point-state.ts';
import type { ProfileDraft } from '../smart-charging/charging-profile.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** RFC 9457. `errors` names each field that was wrong. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

export type AuthType = 'none' | 'basic' | 'certificate';
export type Role = 'viewer' | 'support' | 'operator' | 'admin';
export type OverallState = 'connected' | 'charging' | 'faulted' | 'booting' | 'offline' | 'never-seen';

export interface Thing {
  thingName: string;
  attributes: Record<string, string>;
  tags: string[];
  auth: { type: AuthType };
  /** Of the current or last connection. */
  protocol: OcppVersion | null;
  connected: boolean;
  lastSeenAt: string | null;
  createdAt: string;
  overall: OverallState;
  state: ChargePointState;
}

export interface NewThing {
  thingName: string;
  attributes?: Record<string, string>;
  tags?: string[];
  auth?: { type: AuthType };
}

/** The answer to POST /things and POST /things/{name}/credentials: secrets are shown this once. */
export interface RegisteredThing extends Thing {
  credentials: { password?: string; certificatePem?: string; privateKeyPem?: string };
  /** The addresses to configure in the charge point. */
  urls: string[];
}

/** The answer to POST /things/import; rows with a fault are left out, the others registered. */
export interface ThingImport {
  preview: boolean;
  created: number;
  failed: number;
  rows: {
    line: number;
    thingName: string;
    ok: boolean;
    message?: string;
    /** Shown this once. */
    password?: string;
    urls?: string[];
  }[];
}

export interface FleetSummary {
  total: number;
  byState: Record<OverallState, number>;
  activeTransactions: number;
  messagesPerSecond: number;
  /** Messages in each of the last 60 seconds, oldest first. */
  messagesLastMinute: number[];
}

/** A charge point that was refused at the handshake, newest first, one entry per identity and reason. */
export interface DoorEntry {
  thingName: string;
  reason: RefusalReason;
  remoteAddress: string;
  offeredProtocols: string[];
  tries: number;
  firstAt: string;
  lastAt: string;
}

export interface Message {
  id: string;
  thingName: string;
  connectionId: string;
  at: string;
  direction: LogDirection;
  kind: LogKind;
  action: string | null;
  messageId: string | null;
  frame: string;
  bytes: number;
  latencyMs?: number;
  errorCode?: string;
  violations?: Violation[];
}

export type CommandStatus =
  | 'queued'
  | 'sent'
  | 'answered'
  | 'error'
  | 'timeout'
  | 'not-connected'
  | 'expired'
  | 'cancelled';

export interface Command {
  id: string;
  thingName: string;
  action: string;
  payload: unknown;
  messageId: string | null;
  status: CommandStatus;
  response?: unknown;
  error?: { code: string; description: string; details: unknown };
  createdAt: string;
  sentAt: string | null;
  answeredAt: string | null;
  /** Until when a queued one waits for its charge point; null when it was not to be queued. */
  expiresAt: string | null;
  sentBy: string;
}

export interface NewCommand {
  action: string;
  payload: unknown;
  /** How long to wait for the answer. Default 30. */
  timeoutSeconds?: number;
  /** While the charge point is away, keep the command this long and send it after its next boot. */
  queueSeconds?: number;
}

/** One command to many charge points. */
export interface NewBulkCommand extends NewCommand {
  thingNames: string[];
}

/** Why a charge point is not sent a bulk command. */
export type LeftOutReason = 'not-registered' | 'unknown-version' | 'unknown-action' | 'invalid-payload';
export type BulkTargetState = 'waiting' | 'left-out' | 'not-sent' | CommandStatus;

export interface BulkCommand {
  id: string;
  action: string;
  payload: unknown;
  /** `interrupted`: the server was stopped before it had gone to all of them. */
  state: 'running' | 'done' | 'stopped' | 'interrupted';
  createdAt: string;
  finishedAt: string | null;
  sentBy: string;
  total: number;
  /** How many charge points came to what; `word` is the status answered, the code of the error, or why it was left out. */
  counts: { state: BulkTargetState; word: string | null; count: number }[];
}

export interface BulkResult {
  thingName: string;
  state: BulkTargetState;
  word: string | null;
  commandId: string | null;
}

/** A charging session. `transactionId` is the one on the wire; `id` is ours. */
export interface Transaction {
  id: string;
  thingName: string;
  transactionId: string;
  protocol: OcppVersion;
  evseId: number | null;
  connectorId: number | null;
  idToken: string | null;
  startedAt: string;
  /** false: its beginning was never reported; `startedAt` is then the earliest that is known. */
  startSeen: boolean;
  /** OCPP 2.x: what made it begin and end, in the charge point's word. */
  startTrigger: string | null;
  remoteStartId: number | null;
  stoppedAt: string | null;
  stopReason: string | null;
  stopTrigger: string | null;
  /** The token that ended it, where the charge point told. */
  stopIdToken: string | null;
  /** Wh. */
  meterStart: number | null;
  /** Wh. */
  meterStop: number | null;
  energyWh: number | null;
  /** The last known, in W. */
  powerW: number | null;
  chargingState: string | null;
  /** In which energy flowed, as the charge point counted. */
  chargingSeconds: number | null;
  active: boolean;
  /** Why it seems to have ended without our hearing of it; null: it does not. */
  stuck: StuckReason | null;
  closedBy: string | null;
  /** Whether part of it happened while the charge point was offline. */
  offline: boolean;
  /** OCPP 2.x: sequence numbers that never came, both ends included. */
  missingEvents: { from: number; to: number }[];
  /** By our clock: between them the log has its frames. */
  firstReceivedAt: string | null;
  lastReceivedAt: string | null;
}

/** Nothing was heard of it for long, and the charge point is away, has a later session there, a free connector, or is registered no more. */
export type StuckReason = 'offline' | 'newer-session' | 'connector-free' | 'unregistered';

/** One session with what the charge point said when asked about it. @see OCPP 2.0.1 part 2, E14 */
export interface TransactionDetail extends Transaction {
  askedStatus: { ongoing: boolean | null; messagesInQueue: boolean; at: string } | null;
}

export interface SampledValue {
  value: number | null;
  raw: string;
  measurand: string;
  unit: string;
  phase: string | null;
  context: string | null;
  location: string | null;
  /** The power of ten by which `raw` was multiplied. */
  multiplier: number;
  /** As the meter signed it; then `value` may be null. */
  signed: SignedValue | null;
}
export interface SignedValue {
  data: string;
  method: string | null;
  encoding: string | null;
  publicKey: string | null;
}
export interface MeterValue {
  at: string;
  samples: SampledValue[];
}

export type IdTokenStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid';
export interface IdToken {
  idToken: string;
  type: string;
  status: IdTokenStatus;
  expiresAt: string | null;
  groupIdToken: string | null;
  /** In how many sessions it may be at once; null: in any number. */
  concurrentLimit: number | null;
  /** What its holder reads, as RFC 5646 says it. */
  language: string | null;
  note: string | null;
  createdAt: string;
  updatedAt: string;
}

/** `strict`: a frame that breaks its schema is refused. `lenient`: it is accepted and marked where we can still do our work. */
export type Tolerance = 'strict' | 'lenient';
export type ToleranceSource = 'charge-point' | 'model' | 'fleet';

/** The nearest one counts: the charge point's own, else its model's, else the fleet's. */
export interface ToleranceSettings {
  fleet: Tolerance;
  models: { vendorName: string; model: string; mode: Tolerance }[];
  chargePoints: { thingName: string; mode: Tolerance }[];
}

/** null takes a setting back. */
export interface ToleranceChanges {
  fleet?: Tolerance;
  models?: { vendorName: string; model: string; mode: Tolerance | null }[];
  chargePoints?: { thingName: string; mode: Tolerance | null }[];
}

/** Who breaks which rules of OCPP, the worst first. */
export interface ViolationRanking {
  items: RankedViolations[];
  /** false: there were more frames than are counted at once, and only those since `from` were. */
  complete: boolean;
  from: string;
  to: string;
}

export interface RankedViolations {
  vendorName: string | null;
  model: string | null;
  /** null when a model is ranked. */
  thingName: string | null;
  /** How many charge points broke a rule. */
  chargePoints: number;
  /** Frames with a violation. */
  frames: number;
  tolerance: { mode: Tolerance; from: ToleranceSource };
  /** The most frequent first. */
  rules: BrokenRule[];
}

export interface BrokenRule {
  action: string | null;
  /** JSON pointer into the payload; `*` for any place of a list. */
  path: string;
  rule: string;
  message: string;
  frames: number;
  /** The last frame that broke it. */
  lastMessageId: string;
  lastThingName: string;
}

/** `requested` until the charge point answered; `unanswered` when it never did. */
export type ReservationState =
  | 'requested'
  | 'unanswered'
  | 'refused'
  | 'accepted'
  | 'used'
  | 'cancelled'
  | 'expired'
  | 'removed'
  | 'replaced';

export interface Reservation {
  id: string;
  thingName: string;
  /** The one on the wire. */
  reservationId: number;
  /** OCPP 2.x; null: any EVSE. */
  evseId: number | null;
  /** OCPP 1.6; 0: any connector. */
  connectorId: number | null;
  connectorType: string | null;
  idToken: string;
  groupIdToken: string | null;
  expiresAt: string;
  state: ReservationState;
  /** The charge point's last word about it, such as `Occupied`. */
  answer: string | null;
  /** Of the session that used it, as on the wire. */
  transactionId: string | null;
  requestedAt: string;
  requestedBy: string;
  endedAt: string | null;
}

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

export interface Shadow {
  thingName: string;
  version: number;
  state: { reported: Record<string, unknown>; desired: Record<string, unknown> };
  /** Seconds since the epoch, as AWS IoT keeps it. */
  timestamp: number;
}

export interface Session {
  user: { id: string; name: string; role: Role };
  /** What the role may do. */
  permissions: string[];
}

/** GET /api/v1/setup: whether the first administrator is still to be created. */
export interface SetupState {
  needed: boolean;
}

/** Records of a charge point that are worth fetching again. */
export interface ChangedRecords {
  thingName: string;
  records:
    | 'firmware'
    | 'security-events'
    | 'event-streams'
    | 'variables'
    | 'reservations'
    | 'charging-profiles'
    | 'charging-reports';
}

/** Events of GET /api/v1/stream; `id:` is the position in the log, so that Last-Event-ID resumes. */
export interface StreamEvents {
  message: Message;
  /** State after a change; fleet-wide streams carry at most a few batches a second. */
  thing: { things: Thing[]; removed: string[] };
  command: Command;
  /** New and changed sessions. */
  transaction: Transaction[];
  changed: ChangedRecords;
  summary: FleetSummary;
  door: DoorEntry[];
}

export type JobKind = 'firmware' | 'publish-firmware' | 'log';
export type JobState = 'waiting' | 'running' | 'succeeded' | 'failed';

export interface JobStep {
  at: string;
  /** In OCPP's words where the charge point said it. */
  status: string;
  source: 'charge-point' | 'console';
  info: string | null;
}

/** A firmware update or a log upload, asked for by a command or begun by the charge point itself. */
export interface Job {
  /** Of the command that asked for it, if one did. */
  id: string;
  thingName: string;
  kind: JobKind;
  action: string;
  requestId: number | null;
  /** null: the charge point began by itself. */
  requestedBy: string | null;
  /** The command's payload. */
  request: unknown;
  location: string | null;
  /** The one of ours that the charge point is to fetch. */
  firmwareFileId: string | null;
  /** The last one reported, or `Requested`, or how the asking ended. */
  status: string;
  state: JobState;
  createdAt: string;
  updatedAt: string;
  /** The oldest first. */
  history: JobStep[];
}

/** A job with the files that belong to it. */
export interface JobWithFiles extends Job {
  /** null also when it was deleted since. */
  firmwareFile: Pick<FirmwareFile, 'id' | 'name' | 'version'> | null;
  /** What the charge point put here for it. */
  files: LogFile[];
}

/** Firmware that is kept here for charge points to fetch. */
export interface FirmwareFile {
  id: string;
  name: string;
  version: string | null;
  vendor: string | null;
  model: string | null;
  note: string | null;
  fileName: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  md5: string;
  /** Of the file, base64. */
  signature: string | null;
  /** PEM. */
  signingCertificate: string | null;
  /** The charge points that still have to fetch or install it. */
  inUseBy: string[];
  createdAt: string;
  createdBy: string;
}

export interface FirmwareFilePage extends Page<FirmwareFile> {
  /** The largest file that is taken. */
  maxBytes: number;
}

/** A file that a charge point put here. */
export interface LogFile {
  id: string;
  thingName: string;
  jobId: string | null;
  fileName: string;
  bytes: number;
  sha256: string;
  receivedAt: string;
}

/** Where a charge point is to fetch firmware: a file that is kept here, or any address. */
export type FirmwareSource = { firmwareFileId: string } | { url: string };

interface JobOrder {
  /** How a charge point reaches us, `http://host:port`. Default: as this request did. */
  baseUrl?: string;
  requestId?: number;
  retries?: number;
  retryIntervalSeconds?: number;
  queueSeconds?: number;
}

export type NewFirmwareUpdate = JobOrder &
  FirmwareSource & {
    /** Default: now. */
    retrieveAt?: string;
    /** Not in plain OCPP 1.6. */
    installAt?: string;
    /** With signature and certificate: the file's own, or these. Default: when the file has them. */
    signed?: boolean;
    signature?: string;
    signingCertificate?: string;
  };

export type NewFirmwarePublication = JobOrder & FirmwareSource & { /** MD5; needed with a url. */ checksum?: string };

export interface NewLogRequest extends JobOrder {
  /** `Diagnostics` is the one of plain OCPP 1.6. Default: what fits the charge point's version. */
  logType?: 'Diagnostics' | 'DiagnosticsLog' | 'SecurityLog' | 'DataCollectorLog';
  /** Where the charge point is to put it. Default: here. */
  url?: string;
  from?: string;
  to?: string;
}

/** OCPP 2.1: a periodic stream of values of a charge point. */
export interface EventStream {
  id: number;
  /** The monitor whose values it carries; null when it was not told. */
  monitoringId: number | null;
  intervalSeconds: number | null;
  maxValues: number | null;
  openedAt: string;
  closedAt: string | null;
  /** By the charge point's clock. */
  lastAt: string | null;
  lastValue: string | null;
  /** What the charge point still held back with the last one. */
  pending: number | null;
  received: number;
}

export interface SecurityEvent {
  id: string;
  type: string;
  severity: 'info' | 'warning' | 'critical';
  techInfo: string | null;
  /** By the charge point's clock. */
  at: string;
  receivedAt: string;
}
