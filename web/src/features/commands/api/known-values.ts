import type { LocalList } from '@cpo-console/shared/api/access.ts';
import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Reservation } from '@cpo-console/shared/api/reservations.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

export interface KnownValue {
  value: string;
  /** What it is, beside it. */
  note: string;
}

/** Values that this charge point is known to have, by the name of the member, or by `parent.name`. */
export type KnownValues = ReadonlyMap<string, readonly KnownValue[]>;

interface ReportedVariable {
  component: { name: string; evseId: number | null } | null;
  variable: { name: string };
  value: string | null;
}

const MOST_TOKENS = 200;
const HOUR_MS = 3_600_000;

const fetched = <T>(thingName: string, what: string, query?: { open: boolean }) => ({
  queryKey: keys.commands.known(thingName, what),
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await api.get<{ items: T[] }>(thingPath(thingName, `/${what}`), query, signal)).items,
  // A form is no place for errors about what it could have offered.
  retry: false,
});

const tokensQuery = {
  queryKey: keys.idTokens.list('for commands'),
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await api.get<Page<IdToken>>('/id-tokens', { limit: MOST_TOKENS }, signal)).items,
  retry: false,
};

const listQuery = (thingName: string) => ({
  queryKey: keys.localLists.of(thingName),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<LocalList>(thingPath(thingName, '/local-list'), undefined, signal),
  retry: false,
});

/**
 * What a command may name: connectors, running sessions, tokens, charging profiles, open reservations, variables, the next version
 * of the local list. null while it is fetched for the first time: a form begins with it.
 */
export function useKnownValues(thing: Thing): KnownValues | null {
  const { thingName } = thing;
  const queries = useQueries({
    queries: [
      fetched<ReportedVariable>(thingName, 'variables'),
      fetched<ChargingProfile>(thingName, 'charging-profiles'),
      fetched<Reservation>(thingName, 'reservations', { open: true }),
      tokensQuery,
      listQuery(thingName),
    ],
  });
  const [{ data: variables }, { data: profiles }, { data: reservations }, { data: tokens }, { data: list }] = queries;
  const known = useMemo(
    () =>
      new Map([
        ...placesOf(thing),
        ...sessionsOf(thing),
        ...tokenValues(tokens ?? []),
        ...variableValues(variables ?? []),
        ...listVersions(list),
        ['chargingProfileId', unique((profiles ?? []).map(({ profileId, purpose }) => [profileId, purpose]))],
        ['reservationId', unique((reservations ?? []).map(({ reservationId, idToken }) => [reservationId, idToken]))],
      ]),
    [thing, variables, profiles, reservations, tokens, list],
  );
  return queries.some(({ isLoading }) => isLoading) ? null : known;
}

/** For several charge points at once: what one has, another may not. */
export const NOTHING_KNOWN: KnownValues = new Map();

export function knownFor(known: KnownValues, fieldId: string): readonly KnownValue[] {
  const names = fieldId.split('_').filter((part) => !/^\d+$/.test(part));
  const [parent, name = ''] = names.slice(-2);
  return known.get(`${parent}.${name}`) ?? known.get(name) ?? [];
}

/** Better to begin with than the first of a list or 0, which is no use or not allowed from a CSMS. */
const BEGINNINGS: ReadonlyMap<string, string> = new Map([
  ['chargingProfilePurpose', 'TxDefaultProfile'],
  ['ocppTransport', 'JSON'],
  ['messageTimeout', '30'],
  ['securityProfile', '1'],
]);

/** Any text will do in OCPP 2.1. */
const TOKEN_TYPES = [
  'ISO14443',
  'ISO15693',
  'Central',
  'eMAID',
  'KeyCode',
  'Local',
  'MacAddress',
  'DirectPayment',
  'EVCCID',
  'VIN',
  'NoAuthorization',
];

/** What a member begins with: the first of what is known, and a number of its own where an answer is told apart by it. */
export function suggestFrom(known: KnownValues): (fieldId: string) => string | undefined {
  return (fieldId) => {
    if (/_(requestId|remoteStartId)$/.test(fieldId)) return String(Math.floor(Date.now() / 1000) % 2 ** 31);
    if (/_expiry\w*$/.test(fieldId)) return new Date(Date.now() + HOUR_MS).toISOString();
    return knownFor(known, fieldId)[0]?.value ?? BEGINNINGS.get(fieldId.split('_').at(-1) ?? '');
  };
}

type Entry = [string, KnownValue[]];

function placesOf({ state: { connectors } }: Thing): Entry[] {
  const evses = unique(connectors.flatMap(({ evseId, status }) => (evseId === null ? [] : [[evseId, status]])));
  return [
    ['connectorId', unique(connectors.map(({ connectorId, status }) => [connectorId, status]))],
    ['evseId', evses],
    ['evse.id', evses],
  ];
}

function sessionsOf({ state: { transactions } }: Thing): Entry[] {
  const place = (evseId: number | null, connectorId: number | null) => [evseId, connectorId].filter(Boolean).join('.');
  const note = (idToken: string | null, at: string) => [idToken, at && `⌁ ${at}`].filter(Boolean).join(' ');
  return [
    [
      'transactionId',
      unique(
        transactions.map(({ transactionId, idToken, evseId, connectorId }) => [
          transactionId,
          note(idToken, place(evseId, connectorId)),
        ]),
      ),
    ],
  ];
}

function tokenValues(tokens: readonly IdToken[]): Entry[] {
  const values = unique(tokens.map(({ idToken, status, note }) => [idToken, note ?? status]));
  const groups = unique(tokens.map(({ groupIdToken, idToken }) => [groupIdToken, idToken]));
  return [
    ['idTag', values],
    ['idToken', values],
    ['idToken.type', unique([...tokens.map(({ type }) => type), ...TOKEN_TYPES].map((type) => [type, '']))],
    ['parentIdTag', groups],
    ['groupIdToken.idToken', groups],
  ];
}

function variableValues(variables: readonly ReportedVariable[]): Entry[] {
  const note = ({ component, value }: ReportedVariable) => [component?.name, value].filter(Boolean).join(' = ');
  return [
    ['key', unique(variables.map((each) => [each.component === null ? each.variable.name : null, each.value ?? '']))],
    ['component.name', unique(variables.map(({ component }) => [component?.name ?? null, '']))],
    ['variable.name', unique(variables.map((each) => [each.component && each.variable.name, note(each)]))],
  ];
}

function listVersions(list: LocalList | undefined): Entry[] {
  const next = unique([[list?.nextVersion ?? null, '']]);
  return [
    ['listVersion', next],
    ['versionNumber', next],
  ];
}

function unique(pairs: readonly (readonly (string | number | null)[])[]): KnownValue[] {
  const values = new Map<string, KnownValue>();
  for (const [value, note] of pairs) {
    if (value === null || value === undefined || values.has(String(value))) continue;
    values.set(String(value), { value: String(value), note: String(note ?? '') });
  }
  return [...values.values()];
}
