/** Something that somebody did or was refused, on the console or over the API. */
export interface AuditEntry {
  id: string;
  at: string;
  /** A user or an API token by name; without having signed in, the name that was given. */
  actor: string;
  via: 'session' | 'api-token' | 'admin-token' | 'none';
  role: string | null;
  address: string;
  method: string;
  path: string;
  /** What the route is for, in words. */
  what: string;
  details: Record<string, string>;
  /** Of the HTTP answer. */
  status: number;
}
