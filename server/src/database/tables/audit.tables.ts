export interface AuditRow {
  /** Rises, so that those of the same millisecond keep their order. */
  id: string;
  at: number;
  actor: string;
  /** How they were signed in; `none`: they were not, and the name is what they gave. */
  via: string;
  role: string | null;
  address: string;
  method: string;
  path: string;
  /** What the route is for, in words. */
  what: string;
  /** JSON: what of the request is worth knowing, never a secret. */
  details: string;
  status: number;
}

export interface AuditTables {
  audit_trail: AuditRow;
}
