/** What somebody wrote about a moment of a charge point's log. */
export interface Annotation {
  id: string;
  thingName: string;
  /** null: of the live log. */
  importId: string | null;
  at: string;
  /** The message that it stands at. */
  messageId: string | null;
  text: string;
  createdAt: string;
  createdBy: string;
  /** When its author last changed the text. */
  editedAt: string | null;
  /** Whether whoever asked may change its text: its author. */
  editable: boolean;
  /** Whether whoever asked may remove it. */
  removable: boolean;
}

export interface NewAnnotation {
  thingName: string;
  importId?: string;
  at: string;
  messageId?: string;
  text: string;
}
