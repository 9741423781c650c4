import type { OverallState, Thing } from '@cpo-console/shared/api/things.ts';
import type { TFunction } from 'i18next';
import { textAt } from '../../lib/json.ts';
import type { Permission } from '../../lib/permissions.ts';
import { pagesFor } from './page-list.ts';

export interface PaletteEntry {
  key: string;
  label: string;
  hint: string;
  href: string;
  state?: OverallState;
}

const MOST_THINGS = 12;
const COMMANDS: Record<string, string[]> = {
  'ocpp1.6': [
    'Reset',
    'TriggerMessage',
    'GetConfiguration',
    'RemoteStartTransaction',
    'UnlockConnector',
    'ChangeAvailability',
  ],
  'ocpp2.0.1': [
    'Reset',
    'TriggerMessage',
    'GetVariables',
    'GetBaseReport',
    'RequestStartTransaction',
    'UnlockConnector',
  ],
  'ocpp2.1': ['Reset', 'TriggerMessage', 'GetVariables', 'GetBaseReport', 'RequestStartTransaction', 'UnlockConnector'],
};

/** What fits what was typed: "CP1", "CP1 reset", "messages". Names that start with it first. */
export function paletteEntries({
  sought,
  things,
  may,
  t,
}: {
  sought: string;
  things: Thing[];
  may: (permission: Permission) => boolean;
  t: TFunction;
}): PaletteEntry[] {
  const words = sought.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const [first = '', ...rest] = words;
  const found = things
    .filter((thing) => thing.thingName.toLowerCase().includes(first))
    .sort((a, b) => startRank(a, first) - startRank(b, first))
    .slice(0, MOST_THINGS);
  const pages = pageEntries(may, t).filter((page) => words.every((word) => page.label.toLowerCase().includes(word)));
  if (rest.length === 0) {
    const only =
      found.length === 1 && first !== '' && may('commands:read')
        ? found.flatMap((thing) => commandEntries(thing, '', t))
        : [];
    return first === '' ? [...pages, ...found.map(thingEntry)] : [...found.map(thingEntry), ...only, ...pages];
  }
  const commands = !may('commands:read') ? [] : found.flatMap((thing) => commandEntries(thing, rest.join(''), t));
  return [...commands, ...pages].slice(0, 2 * MOST_THINGS);
}

const startRank = (thing: Thing, first: string): number => {
  const name = thing.thingName.toLowerCase();
  return name === first ? 0 : name.startsWith(first) ? 1 : 2;
};

function thingEntry(thing: Thing): PaletteEntry {
  const station = thing.state.chargingStation;
  return {
    key: thing.thingName,
    label: thing.thingName,
    hint: [textAt(station, 'vendorName'), textAt(station, 'model')].filter(Boolean).join(' '),
    href: `/charge-points/${encodeURIComponent(thing.thingName)}`,
    state: thing.overall,
  };
}

function commandEntries(thing: Thing, sought: string, t: TFunction): PaletteEntry[] {
  return (COMMANDS[thing.protocol ?? 'ocpp2.0.1'] ?? [])
    .filter((action) => action.toLowerCase().includes(sought))
    .map((action) => ({
      key: `${thing.thingName} ${action}`,
      label: `${thing.thingName} · ${action}`,
      hint: t('nav.command'),
      href: `/charge-points/${encodeURIComponent(thing.thingName)}?tab=commands&command=${action}`,
    }));
}

function pageEntries(may: (permission: Permission) => boolean, t: TFunction): PaletteEntry[] {
  const page = (label: string, href: string) => ({ key: href, label, hint: t('nav.page'), href });
  return [
    ...pagesFor(may).map(({ label, to }) => page(t(label), to)),
    ...(may('things:register') ? [page(t('register.title'), '/?register=new')] : []),
  ];
}
