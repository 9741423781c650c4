/** Files to charge points and from them. The content is in the data folder, under the id. Times are ms since the epoch. */
export interface FirmwareFileRow {
  id: string;
  name: string;
  version: string | null;
  vendor: string | null;
  model: string | null;
  note: string | null;
  /** As it was called where it came from. */
  file_name: string;
  bytes: number;
  sha256: string;
  /** PublishFirmware asks for it. */
  md5: string;
  signature: string | null;
  signing_certificate: string | null;
  created_at: number;
  created_by: string;
}

export interface LogFileRow {
  id: string;
  thing_name: string;
  job_id: string | null;
  file_name: string;
  bytes: number;
  sha256: string;
  received_at: number;
}

/** A link that a charge point gets: to one of our firmware files, or to put a file of its own. */
export interface TransferLinkRow {
  /** Of its token, which nobody can read back. */
  digest: string;
  thing_name: string;
  /** Once it was sent. */
  job_id: string | null;
  /** null: to put a file. */
  firmware_file_id: string | null;
  /** Bytes that may still be fetched; files that may still be put. */
  allowance: number;
  expires_at: number;
}

export interface TransfersTables {
  firmware_files: FirmwareFileRow;
  log_files: LogFileRow;
  transfer_links: TransferLinkRow;
}
