import type { FramePlace } from '../journal/segment-format.ts';
import { KINDS } from './day-file.ts';

/** What is read first of a row that a search may find. */
export interface Hit extends FramePlace {
  id: number;
  at: number;
  troubled: number;
}

/** What was found between two ids. */
export interface Hits {
  hits: Hit[];
  /** All ids up to this one, in the order of the search, have been looked at. */
  edge: number;
}

export const TROUBLED = `(m.error_code IS NOT NULL OR m.violations IS NOT NULL OR m.kind = ${KINDS.indexOf('malformed')})`;
export const HIT_COLUMNS = `m.id, m.at, m.segment, m.offset, m.bytes, ${TROUBLED} AS troubled`;
