import type { ChangedRecords } from '@cpo-console/shared/api/stream.ts';
import type { MessageFilter } from './message-filter.ts';

/** The key of everything that is fetched. Hierarchical: invalidating a prefix invalidates what is below it. */
export const keys = {
  session: ['session'] as const,
  fleet: ['fleet'] as const,
  door: ['door'] as const,
  things: {
    all: ['things'] as const,
    list: ['things', 'list'] as const,
    detail: (thingName: string) => ['things', 'detail', thingName] as const,
    shadow: (thingName: string) => ['things', 'shadow', thingName] as const,
    bootPolicy: (thingName: string) => ['things', 'boot-policy', thingName] as const,
  },
  messages: {
    all: ['messages'] as const,
    lists: ['messages', 'list'] as const,
    /** How many live ones a list was not told of. */
    unshown: (filter: MessageFilter) => ['messages', 'unshown', filter] as const,
    list: (filter: MessageFilter) => ['messages', 'list', filter] as const,
    any: (filter: MessageFilter) => ['messages', 'any', filter] as const,
    exchange: (id: string, log: object) => ['messages', 'exchange', id, log] as const,
    neighbours: (beyond: object) => ['messages', 'neighbours', beyond] as const,
    histogram: (filter: MessageFilter) => ['messages', 'histogram', filter] as const,
  },
  findings: (range: object) => ['findings', range] as const,
  fleetFindings: (id: string) => ['fleet-findings', id] as const,
  replay: {
    outline: (range: object) => ['replay', 'outline', range] as const,
    page: (range: object, page: number) => ['replay', 'page', range, page] as const,
  },
  health: ['health'] as const,
  retention: ['retention'] as const,
  pins: ['pins'] as const,
  annotations: (range: object) => ['annotations', range] as const,
  reruns: {
    all: ['reruns'] as const,
    list: ['reruns', 'list'] as const,
    one: (id: string) => ['reruns', 'one', id] as const,
    differences: (id: string, known: number) => ['reruns', 'differences', id, known] as const,
  },
  savedSearches: ['saved-searches'] as const,
  exports: (id: string) => ['exports', id] as const,
  imports: { all: ['imports'] as const, one: (id: string) => ['imports', id] as const },
  commands: {
    all: ['commands'] as const,
    of: (thingName: string) => ['commands', 'of', thingName] as const,
    one: (id: string) => ['commands', 'one', id] as const,
    sentPayload: (messageId: string) => ['commands', 'sent-payload', messageId] as const,
    exchange: (id: string) => ['commands', 'exchange', id] as const,
    known: (thingName: string, what: string) => ['commands', 'known', thingName, what] as const,
    bulk: ['commands', 'bulk'] as const,
    help: ['commands', 'help'] as const,
    actions: (protocol: string) => ['commands', 'actions', protocol] as const,
  },
  transactions: {
    all: ['transactions'] as const,
    lists: ['transactions', 'list'] as const,
    list: (filter: object) => ['transactions', 'list', filter] as const,
    detail: (id: string) => ['transactions', 'detail', id] as const,
    outside: (thingName: string) => ['transactions', 'outside', thingName] as const,
    meterValues: (id: string) => ['transactions', 'meter-values', id] as const,
  },
  /** What changes come for as `changed` events. */
  records: {
    all: ['records'] as const,
    of: ({ thingName, records }: ChangedRecords) => ['records', thingName, records] as const,
  },
  firmwareFiles: { all: ['firmware-files'] as const, forCommands: ['firmware-files', 'for commands'] as const },
  desired: {
    all: ['desired'] as const,
    rules: ['desired', 'rules'] as const,
    outOfStep: ['desired', 'out-of-step'] as const,
    bootPolicy: ['desired', 'boot-policy'] as const,
  },
  idTokens: {
    all: ['id-tokens'] as const,
    list: (search: string) => ['id-tokens', 'list', search] as const,
    pick: (search: string) => ['id-tokens', 'pick', search] as const,
    uses: (idToken: string) => ['id-tokens', 'uses', idToken] as const,
  },
  tolerance: {
    all: ['tolerance'] as const,
    settings: ['tolerance', 'settings'] as const,
    violations: (by: string, range: string) => ['tolerance', 'violations', by, range] as const,
  },
  unknownTokens: ['unknown-tokens'] as const,
  localLists: {
    all: ['local-lists'] as const,
    list: ['local-lists', 'list'] as const,
    of: (thingName: string) => ['local-lists', 'of', thingName] as const,
  },
};
