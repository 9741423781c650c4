/** The JSON shapes of what stands around id tokens. */

/** A token that charge points asked about and nobody has registered: the last place and time, and how often. */
export interface UnknownToken {
  idToken: string;
  /** null in OCPP 1.6, which has no types. */
  type: string | null;
  thingName: string;
  tries: number;
  firstAt: string;
  lastAt: string;
}

/** What still counts on a token. */
export interface IdTokenUses {
  /** Those that go on. */
  sessions: { id: string; thingName: string; transactionId: string }[];
  /** How many tokens have it as their group. */
  groupMembers: number;
}

/** One row of an imported file: what became of it, or what is wrong with it. */
export interface IdTokenImportRow {
  line: number;
  idToken: string;
  outcome: 'added' | 'replaced' | 'refused';
  message?: string;
}

/** A file with a refused row changes nothing: then `imported` is 0. */
export interface IdTokenImport {
  preview: boolean;
  imported: number;
  refused: number;
  rows: IdTokenImportRow[];
}
