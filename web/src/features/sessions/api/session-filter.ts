import { compact, instant, oneOf, type RawSearch, text } from '../../../lib/search.ts';
import type { SessionFilter } from '../../../live/session-filter.ts';

export function readSessionFilter(search: RawSearch): SessionFilter {
  return compact<SessionFilter>({
    thingName: text(search, 'thingName'),
    idToken: text(search, 'idToken'),
    active: oneOf(search, 'active', ['true', 'false']),
    stuck: oneOf(search, 'stuck', ['true']),
    from: instant(search, 'from'),
    to: instant(search, 'to'),
  });
}
