import { createRouteTable, createSendTable } from '../server/src/csms/dispatch/route-table.ts';
import { EFFECTS } from '../server/src/csms/effects.ts';
import { createResultTable } from '../server/src/csms/results/result-handlers.ts';
import type { ActionInfo } from '../shared/src/ocpp/action-info.ts';
import { ACTIONS } from '../shared/src/ocpp/actions.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../shared/src/ocpp-j/frame.ts';

type Direction = 'from the charge point' | 'to the charge point';
type Handled = 'served' | 'taken' | 'sent' | 'not yet';

/** One action in one direction, in all versions that know it. */
export interface Covered {
  action: string;
  block: string;
  direction: Direction;
  handled: Partial<Record<OcppVersion, Handled>>;
}

const routes = createRouteTable({} as Parameters<typeof createRouteTable>[0]);
const sends = createSendTable({} as Parameters<typeof createSendTable>[0]);
const results = createResultTable({} as Parameters<typeof createResultTable>[0]);

const HANDLED: Record<Direction, (version: OcppVersion, action: string) => Handled> = {
  'from the charge point': (version, action) =>
    routes[version].has(action) || sends[version].has(action) ? 'served' : 'not yet',
  'to the charge point': (version, action) => (results[version].has(action) ? 'taken' : 'sent'),
};

const directionsOf = ({ from }: ActionInfo): Direction[] => [
  ...(from === 'csms' ? [] : ['from the charge point' as const]),
  ...(from === 'charge-point' ? [] : ['to the charge point' as const]),
];

export function coverage(): Covered[] {
  const covered = new Map<string, Covered>();
  for (const version of OCPP_VERSIONS) {
    for (const [action, info] of Object.entries(ACTIONS[version])) {
      for (const direction of directionsOf(info)) {
        const key = `${direction} ${action}`;
        const known = covered.get(key) ?? { action, block: info.block, direction, handled: {} };
        known.handled[version] = HANDLED[direction](version, action);
        covered.set(key, known);
      }
    }
  }
  return [...covered.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
}

/** Whether the action changes what we believe, in any version: then it must say what is stored and where it is shown. */
const changesSomething = ({ handled }: Covered): boolean =>
  Object.values(handled).some((how) => how === 'served' || how === 'taken');

/** Actions that are served without saying what comes of them. */
export const withoutEffect = (): string[] =>
  coverage()
    .filter((covered) => changesSomething(covered) && !EFFECTS.has(covered.action))
    .map(({ action }) => action);

function row(covered: Covered): string {
  const { action, block, handled, direction } = covered;
  const effect = changesSomething(covered) ? EFFECTS.get(action) : undefined;
  const unchanged =
    direction === 'to the charge point' ? { stored: 'command', shown: 'Commands' } : { stored: '', shown: '' };
  const { stored, shown } = effect ?? unchanged;
  const cells = [action, block, ...OCPP_VERSIONS.map((version) => handled[version] ?? '·'), stored, shown];
  return `| ${cells.join(' | ')} |`;
}

function table(direction: Direction): string[] {
  return [
    '| action | block | 1.6 | 2.0.1 | 2.1 | stored | shown |',
    '|---|---|---|---|---|---|---|',
    ...coverage()
      .filter((covered) => covered.direction === direction)
      .map(row),
  ];
}

function counts(): string[] {
  return OCPP_VERSIONS.map((version) => {
    const of = (direction: Direction) =>
      coverage().flatMap((covered) => (covered.direction === direction ? (covered.handled[version] ?? []) : []));
    const asked = of('from the charge point');
    const sent = of('to the charge point');
    const count = (all: Handled[], how: Handled): number => all.filter((each) => each === how).length;
    return (
      `- OCPP ${version.replace('ocpp', '')}: ${Object.keys(ACTIONS[version]).length} actions; ` +
      `${count(asked, 'served')} of ${asked.length} from the charge point served, ` +
      `all ${sent.length} to it can be sent, the results of ${count(sent, 'taken')} change what we believe.`
    );
  });
}

export function coverageText(): string {
  const missing = withoutEffect();
  if (missing.length > 0)
    throw new Error(`server/src/csms/effects.ts does not say what comes of ${missing.join(', ')}`);
  return [
    '# OCPP coverage',
    '',
    'Generated from the route tables, the result tables and effects.ts by `node scripts/generate-docs.ts`.',
    '',
    ...counts(),
    '',
    'Every frame is in the message log, and every command in the history of its charge point, besides what is named here.',
    '',
    '## From the charge point',
    '',
    '`served`: a handler does what the specification says. `not yet`: answered with NotImplemented. `·`: not in that version.',
    '',
    ...table('from the charge point'),
    '',
    '## To the charge point',
    '',
    '`taken`: its result changes what we believe. `sent`: its answer is shown, and changes nothing.',
    '',
    ...table('to the charge point'),
    '',
  ].join('\n');
}
