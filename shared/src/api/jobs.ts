import type { Page } from './page.ts';

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
