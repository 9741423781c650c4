import { describe, expect, test } from 'vitest';
import { createValidator } from '../ocpp/validate.ts';
import type { ProfileDraft } from './charging-profile.ts';
import { checkDraft, checkForVersion, checkPlace } from './check-draft.ts';
import { readProfile, schedulesOf, setChargingProfileRequest } from './profile-on-the-wire.ts';

const DRAFT: ProfileDraft = {
  purpose: 'TxDefaultProfile',
  kind: 'Recurring',
  recurrency: 'Daily',
  stackLevel: 2,
  validFrom: '2026-05-01T00:00:00Z',
  validTo: '2026-06-01T00:00:00Z',
  startSchedule: '2026-05-04T00:00:00Z',
  duration: 86_400,
  unit: 'A',
  minChargingRate: 6,
  periods: [
    { start: 0, limit: 16.5, numberPhases: 3 },
    { start: 3_600, limit: 8 },
  ],
};

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  test('what is set passes the schema, and reads back as it was drawn up', async () => {
    const validator = await createValidator();
    for (const draft of [DRAFT, { ...DRAFT, purpose: 'ChargingStationMaxProfile' } satisfies ProfileDraft]) {
      const request = setChargingProfileRequest(draft, { version, place: 1, profileId: 7, transactionId: '12' });
      expect(validator.validate(version, 'SetChargingProfile', 'request', request, 'out')).toEqual([]);
      expect(readProfile(request.csChargingProfiles ?? request.chargingProfile)).toEqual(draft);
    }
  });
});

test('2.x: each of several schedules can be read', () => {
  const { chargingProfile } = setChargingProfileRequest(DRAFT, { version: 'ocpp2.1', place: 1, profileId: 7 });
  const [first] = schedulesOf(chargingProfile);
  const second = { id: 2, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 3_700 }] };
  const profile = { ...(chargingProfile as object), chargingSchedule: [first, second] };
  expect(readProfile(profile)).toEqual(DRAFT);
  expect(readProfile(profile, 1)).toMatchObject({ unit: 'W', periods: [{ start: 0, limit: 3_700 }], stackLevel: 2 });
  expect(readProfile(profile, 2)).toBeNull();
});

test.each([
  null,
  5,
  {},
  { chargingProfilePurpose: 'TxProfile' },
  { chargingProfilePurpose: 'X', chargingSchedule: [] },
])('what is no profile is none: %j', (value) => expect(readProfile(value)).toBeNull());

const pathsOf = (change: Partial<ProfileDraft>): string[] =>
  checkDraft({ ...DRAFT, ...change }).map(({ path }) => path);

test('a good draft has no defects', () => expect(pathsOf({})).toEqual([]));

test.each<[string, object, string[]]>([
  ['K01.FR.31: the first period begins at 0', { periods: [{ start: 5, limit: 1 }] }, ['/periods/0/start']],
  ['no periods', { periods: [] }, ['/periods']],
  [
    'periods out of order',
    {
      periods: [
        { start: 0, limit: 1 },
        { start: 0, limit: 2 },
      ],
    },
    ['/periods/1/start'],
  ],
  ['a limit below 0', { periods: [{ start: 0, limit: -1 }] }, ['/periods/0/limit']],
  ['a limit with two decimals', { periods: [{ start: 0, limit: 1.25 }] }, ['/periods/0/limit']],
  ['K01.FR.40: no start', { startSchedule: undefined }, ['/startSchedule']],
  ['no recurrency', { recurrency: undefined }, ['/recurrency']],
  ['K01.FR.41: a relative one with a start', { kind: 'Relative', recurrency: undefined }, ['/startSchedule']],
  ['longer than a day', { duration: 90_000 }, ['/duration']],
  ['ends before it begins', { validTo: '2026-04-01T00:00:00Z' }, ['/validTo']],
])('%s', (_name, change, paths) => expect(pathsOf(change as Partial<ProfileDraft>)).toEqual(paths));

test('K01.FR.03, K01.FR.38: what a version does not know or allow, and places that do not go with a purpose', () => {
  const dynamic: ProfileDraft = { ...DRAFT, kind: 'Dynamic', purpose: 'PriorityCharging' };
  expect(checkForVersion(dynamic, 'ocpp2.0.1').map(({ path }) => path)).toEqual(['/purpose', '/kind']);
  expect(checkForVersion(dynamic, 'ocpp2.1')).toEqual([]);
  const relative: ProfileDraft = { ...DRAFT, purpose: 'ChargingStationMaxProfile', kind: 'Relative' };
  expect(checkForVersion(relative, 'ocpp2.0.1').map(({ path }) => path)).toEqual(['/kind']);
  expect(checkForVersion(relative, 'ocpp1.6')).toEqual([]);
  const external: ProfileDraft = { ...DRAFT, purpose: 'ChargingStationExternalConstraints' };
  expect(checkForVersion(external, 'ocpp1.6')).toHaveLength(1);
  const tx: ProfileDraft = { ...DRAFT, purpose: 'TxProfile' };
  expect(checkPlace(tx, { place: 0, hasSession: true })[0]?.path).toBe('/place');
  expect(checkPlace(tx, { place: 1, hasSession: false })[0]?.path).toBe('/transactionId');
  const station: ProfileDraft = { ...DRAFT, purpose: 'ChargingStationMaxProfile' };
  expect(checkPlace(station, { place: 1, hasSession: true })[0]?.path).toBe('/place');
});
