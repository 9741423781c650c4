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
