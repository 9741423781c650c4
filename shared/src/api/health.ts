/** A part of the server: what is wrong with it in one line, null while it works. */
export interface HealthPart {
  ok: boolean;
  trouble: string | null;
}

/** `GET /api/v1/health`. */
export interface Health {
  ok: boolean;
  version: string;
  startedAt: string;
  backEnd: 'embedded' | 'mqtt' | 'aws';
  database: HealthPart & { kind: 'sqlite' | 'postgres' };
  bus: HealthPart;
  registry: HealthPart;
  /** Commits: milliseconds that the last one took. */
  log: HealthPart & { indexLagRows: number; lastCommitMs: number };
  /** Of `DATA_DIR`. */
  disk: { freeBytes: number; totalBytes: number };
  /** Charge points that are connected just now. */
  connections: number;
  /** The processes that share the work, this one first. */
  instances: { name: string; connections: number }[];
}
