import { compact, instant, oneOf, type RawSearch, text } from '../../../lib/search.ts';

export const SPEEDS = ['1', '10', '60', '300', '1000'] as const;
export type Speed = (typeof SPEEDS)[number];

/** The address of a moment: the range, where in it, and how it plays. */
export interface ReplaySearch {
  from?: string;
  to?: string;
  /** Where it stands. */
  at?: string;
  /** Id of the frame it stands at: more exact than an instant. */
  frame?: string;
  /** The part of the range that the timeline shows. */
  viewFrom?: string;
  viewTo?: string;
  speed?: Speed;
  /** Waits as long as it was quiet; else quiet times are passed over. */
  idle?: 'wait';
  /** An imported log instead of the live one. */
  import?: string;
}

export function readReplaySearch(search: RawSearch): ReplaySearch {
  return compact<ReplaySearch>({
    from: instant(search, 'from'),
    to: instant(search, 'to'),
    at: instant(search, 'at'),
    frame: text(search, 'frame'),
    viewFrom: instant(search, 'viewFrom'),
    viewTo: instant(search, 'viewTo'),
    speed: oneOf(search, 'speed', SPEEDS),
    idle: oneOf(search, 'idle', ['wait']),
    import: text(search, 'import'),
  });
}
