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
