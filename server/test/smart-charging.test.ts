import type { ChargingProfile, ChargingReport, ProfileTemplate } from '@cpo-console/shared/api/charging.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { ProfileDraft } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { setChargingProfileRequest } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Product, startProduct } from './support/product.ts';
import { connectScripted, type ScriptedChargePoint } from './support/scripted-charge-point.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop());

const DRAFT: ProfileDraft = {
  purpose: 'TxDefaultProfile',
  kind: 'Absolute',
  stackLevel: 0,
  startSchedule: '2026-05-04T00:00:00.000Z',
  unit: 'A',
  periods: [{ start: 0, limit: 16 }],
};
const START = '2026-05-04T10:00:00.000Z';

const send = (name: string, action: string, payload: object) =>
  product.api<Command>('POST', `/things/${name}/commands`, { action, payload });
const profiles = (name: string) =>
  product.api<{ items: ChargingProfile[] }>('GET', `/things/${name}/charging-profiles`).then(({ items }) => items);
const ids = async (name: string): Promise<number[]> =>
  (await profiles(name)).map(({ profileId }) => profileId).sort((a, b) => a - b);
const reports = (name: string) =>
  product.api<{ items: ChargingReport[] }>('GET', `/things/${name}/charging-reports`).then(({ items }) => items);

const VERSIONS = [['ocpp1.6'], ['ocpp2.0.1'], ['ocpp2.1']] as const;
const nameOf = (purpose: string, version: OcppVersion): string => `${purpose}-${version.replaceAll('.', '')}`;

describe.each(VERSIONS)('profiles in %s', (version) => {
  const name = nameOf('PROFILES', version);
  const isOf16 = version === 'ocpp1.6';
  let chargePoint: ScriptedChargePoint;
  const set = (profileId: number, change: Partial<ProfileDraft> = {}, place = 1, transactionId?: string) =>
    send(
      name,
      'SetChargingProfile',
      setChargingProfileRequest(
        { ...DRAFT, ...change },
        { version, place, profileId, ...(transactionId && { transactionId }) },
      ),
    );
  const clear = (criteria: { id?: number; place?: number; purpose?: string; stackLevel?: number }) => {
    const { id, place, purpose, stackLevel } = criteria;
    const by = { ...(purpose && { chargingProfilePurpose: purpose }), ...(stackLevel !== undefined && { stackLevel }) };
    const request = isOf16
      ? { ...(id && { id }), ...(place !== undefined && { connectorId: place }), ...by }
      : {
          ...(id && { chargingProfileId: id }),
          ...(!id && { chargingProfileCriteria: { ...(place !== undefined && { evseId: place }), ...by } }),
        };
    return send(name, 'ClearChargingProfile', request);
  };
  /** Begins a session and gives its id on the wire. */
  async function begin(transactionId: string, more: object = {}): Promise<string> {
    if (isOf16) {
      const start = { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp: new Date().toISOString() };
      return String((await chargePoint.call('StartTransaction', start)).transactionId);
    }
    await chargePoint.call('TransactionEvent', {
      eventType: 'Started',
      timestamp: START,
      triggerReason: 'RemoteStart',
      seqNo: 0,
      transactionInfo: { transactionId, ...more },
      evse: { id: 1, connectorId: 1 },
    });
    return transactionId;
  }
  const end = (transactionId: string) =>
    isOf16
      ? chargePoint.call('StopTransaction', {
          transactionId: Number(transactionId),
          meterStop: 10,
          timestamp: new Date().toISOString(),
        })
      : chargePoint.call('TransactionEvent', {
          eventType: 'Ended',
          timestamp: START,
          triggerReason: 'RemoteStop',
          seqNo: 1,
          transactionInfo: { transactionId, stoppedReason: 'Remote' },
        });

  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, version);
  });

  it('K01, 1.6 §5.16: an accepted profile is there, one that was refused is not', async () => {
    const { sentBy } = await set(1);
    chargePoint.answer('SetChargingProfile', () => ({ status: 'Rejected' }));
    await set(2);
    chargePoint.answer('SetChargingProfile', () => ({ status: 'Accepted' }));
    expect(await profiles(name)).toMatchObject([
      {
        profileId: 1,
        protocol: version,
        [isOf16 ? 'connectorId' : 'evseId']: 1,
        purpose: 'TxDefaultProfile',
        kind: 'Absolute',
        stackLevel: 0,
        source: 'set',
        installedBy: sentBy,
        profile: { chargingProfileKind: 'Absolute' },
      },
    ]);
  });

  it('K01.FR.05, 1.6 §5.16: the same id takes the place of the older; so does, in 1.6, the same purpose and level', async () => {
    await set(1, { stackLevel: 3 });
    await set(4, { stackLevel: 3 });
    expect(await ids(name)).toEqual(isOf16 ? [4] : [1, 4]);
    await set(4, { purpose: 'ChargingStationMaxProfile' }, 0);
    await set(5, { stackLevel: 2 });
    await set(6, { stackLevel: 2 }, 2);
  });

  it('K10, 1.6 §5.5: cleared by id, by level, by place, by purpose; Unknown says that there is none', async () => {
    const before = await ids(name);
    await clear({ id: 5 });
    expect(await ids(name)).toEqual(before.filter((id) => id !== 5));
    chargePoint.answer('ClearChargingProfile', () => ({ status: 'Unknown' }));
    await clear({ place: 2, stackLevel: 2 });
    expect(await ids(name)).not.toContain(6);
    chargePoint.answer('ClearChargingProfile', () => ({ status: 'Accepted' }));
    await clear({ purpose: isOf16 ? 'ChargePointMaxProfile' : 'ChargingStationMaxProfile' });
    expect(await ids(name)).not.toContain(4);
    await clear({ purpose: 'TxDefaultProfile' });
    expect(await ids(name)).toEqual([]);
  });

  it('K01, 1.6 §3.13.1: a TxProfile goes with its session', async () => {
    const transactionId = await begin('TX-1');
    await set(10, {}, 1);
    await set(11, { purpose: 'TxProfile' }, 1, transactionId);
    expect((await profiles(name)).find(({ profileId }) => profileId === 11)).toMatchObject({ transactionId });
    await end(transactionId);
    expect(await ids(name)).toEqual([10]);
    await set(12, { purpose: 'TxProfile' }, 1, transactionId);
    expect(await ids(name)).toEqual([10]);
  });

  it('K05, 1.6 §5.16.2: the profile of a remote start counts, and is for the session that follows', async () => {
    const tx = setChargingProfileRequest({ ...DRAFT, purpose: 'TxProfile' }, { version, place: 1, profileId: 20 });
    await (isOf16
      ? send(name, 'RemoteStartTransaction', { idTag: 'CARD', chargingProfile: tx.csChargingProfiles as object })
      : send(name, 'RequestStartTransaction', {
          remoteStartId: 5,
          idToken: { idToken: 'CARD', type: 'Central' },
          chargingProfile: tx.chargingProfile as object,
        }));
    const waiting = (await profiles(name)).find(({ profileId }) => profileId === 20);
    expect(waiting).toMatchObject({ source: 'remote-start', transactionId: null, evseId: null, connectorId: null });
    const transactionId = await begin('TX-2', { remoteStartId: 5 });
    const bound = (await profiles(name)).find(({ profileId }) => profileId === 20);
    expect(bound).toMatchObject({ transactionId, [isOf16 ? 'connectorId' : 'evseId']: 1 });
    await end(transactionId);
    expect(await ids(name)).toEqual([10]);
  });

  it('K08, 1.6 §5.7: the composite schedule that it reckoned is kept; a refusal changes nothing', async () => {
    const chargingSchedulePeriod = [{ startPeriod: 0, limit: 16 }];
    const schedule = { duration: 600, chargingRateUnit: 'A', chargingSchedulePeriod };
    const answer = isOf16
      ? { status: 'Accepted', connectorId: 1, scheduleStart: START, chargingSchedule: schedule }
      : { status: 'Accepted', schedule: { evseId: 1, scheduleStart: START, ...schedule } };
    chargePoint.answer('GetCompositeSchedule', () => answer);
    const request = { [isOf16 ? 'connectorId' : 'evseId']: 1, duration: 600 };
    await send(name, 'GetCompositeSchedule', request);
    const [kept] = await reports(name);
    expect(kept).toMatchObject({ kind: 'composite-schedule', evseId: 1, content: { scheduleStart: START } });
    chargePoint.answer('GetCompositeSchedule', () => ({ status: 'Rejected' }));
    await send(name, 'GetCompositeSchedule', request);
    expect(await reports(name)).toEqual([kept]);
  });
});

describe.each([['ocpp2.0.1'], ['ocpp2.1']] as const)('what %s tells', (version) => {
  const name = nameOf('TELLS', version);
  let chargePoint: ScriptedChargePoint;
  const onWire = (profileId: number, change: Partial<ProfileDraft> = {}) =>
    setChargingProfileRequest({ ...DRAFT, ...change }, { version, place: 1, profileId }).chargingProfile;
  const report = (requestId: number, profile: unknown[], more: object = {}) =>
    chargePoint.call('ReportChargingProfiles', {
      requestId,
      chargingLimitSource: 'CSO',
      evseId: 1,
      chargingProfile: profile,
      ...more,
    });

  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, version);
    for (const id of [1, 2, 3]) {
      const request = setChargingProfileRequest(
        { ...DRAFT, stackLevel: id },
        { version, place: id === 3 ? 2 : 1, profileId: id },
      );
      await send(name, 'SetChargingProfile', request);
    }
  });

  it('K09: page by page, profiles that were not known are added, those not mentioned go with the last page', async () => {
    await send(name, 'GetChargingProfiles', { requestId: 7, evseId: 1, chargingProfile: {} });
    await report(7, [onWire(1)], { tbc: true });
    await report(7, [onWire(9, { purpose: 'ChargingStationExternalConstraints' })], {
      tbc: true,
      chargingLimitSource: 'EMS',
    });
    expect(await ids(name)).toEqual([1, 2, 3, 9]);
    await report(7, [onWire(8)]);
    expect(await ids(name)).toEqual([1, 3, 8, 9]);
    expect(await profiles(name)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ profileId: 1, source: 'set', limitSource: 'CSO', reportedAt: expect.any(String) }),
        expect.objectContaining({ profileId: 9, source: 'reported', limitSource: 'EMS', installedBy: null }),
      ]),
    );
  });

  it('K09: a report that comes together with the answer that announces it', async () => {
    const before = await ids(name);
    const told: Promise<unknown>[] = [];
    chargePoint.answer('GetChargingProfiles', ({ requestId }) => {
      const of = (id: number) => (id === 3 ? { evseId: 2 } : {});
      const pages = before.map((id, index) =>
        report(
          Number(requestId),
          [id === 9 ? onWire(9, { purpose: 'ChargingStationExternalConstraints' }) : onWire(id)],
          { ...of(id), tbc: index < before.length - 1 },
        ),
      );
      told.push(...pages);
      return { status: 'Accepted' };
    });
    await send(name, 'GetChargingProfiles', { requestId: 70, chargingProfile: {} });
    await Promise.all(told);
    expect(await ids(name)).toEqual(before);
    chargePoint.answer('GetChargingProfiles', () => ({ status: 'Accepted' }));
  });

  it('K09: a report that nobody asked for only adds; NoProfiles empties what was asked about', async () => {
    await report(99, [onWire(30)]);
    expect(await ids(name)).toEqual([1, 3, 8, 9, 30]);
    chargePoint.answer('GetChargingProfiles', () => ({ status: 'NoProfiles' }));
    await send(name, 'GetChargingProfiles', { requestId: 8, evseId: 2, chargingProfile: {} });
    expect(await ids(name)).toEqual([1, 8, 9, 30]);
    await send(name, 'GetChargingProfiles', { requestId: 9, chargingProfile: { chargingProfileId: [30] } });
    expect(await ids(name)).toEqual([1, 8, 9]);
  });

  it('K10: clearing in general leaves what others have set', async () => {
    await send(name, 'ClearChargingProfile', { chargingProfileCriteria: { evseId: 1 } });
    expect(await ids(name)).toEqual([9]);
  });

  it('K12, K13: a limit that others set is kept until it is cleared', async () => {
    const chargingLimit = { chargingLimitSource: 'EMS', isGridCritical: true };
    expect(await chargePoint.call('NotifyChargingLimit', { chargingLimit })).toEqual({});
    await chargePoint.call('NotifyChargingLimit', { chargingLimit, evseId: 1 });
    expect(await reports(name)).toMatchObject([
      { kind: 'limit', evseId: 0, source: 'EMS', content: { chargingLimit } },
      { kind: 'limit', evseId: 1, source: 'EMS' },
    ]);
    await chargePoint.call('ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 1 });
    expect(await reports(name)).toMatchObject([{ evseId: 0 }]);
    expect(await chargePoint.call('ClearedChargingLimit', { chargingLimitSource: 'EMS' })).toEqual({});
    expect(await reports(name)).toEqual([]);
  });

  it('K15: what a car needs and how it will charge', async () => {
    const chargingNeeds = { requestedEnergyTransfer: 'AC_three_phase', departureTime: START };
    expect(await chargePoint.call('NotifyEVChargingNeeds', { evseId: 1, chargingNeeds })).toEqual({
      status: 'Processing',
    });
    const chargingSchedule = {
      id: 1,
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
    };
    const plan = { timeBase: START, evseId: 1, chargingSchedule };
    expect(await chargePoint.call('NotifyEVChargingSchedule', plan)).toEqual({ status: 'Accepted' });
    expect(await reports(name)).toMatchObject([
      { kind: 'ev-needs', evseId: 1, content: { chargingNeeds } },
      { kind: 'ev-schedule', evseId: 1, content: { timeBase: START } },
    ]);
  });
});

describe('2.1 only', () => {
  const name = 'DYNAMIC';
  let chargePoint: ScriptedChargePoint;
  beforeAll(async () => {
    chargePoint = await connectScripted(product, name, 'ocpp2.1');
  });

  it('K28: a dynamic schedule that we changed is what the charging station pulls', async () => {
    const { startSchedule: _none, ...rest } = DRAFT;
    const dynamic: ProfileDraft = { ...rest, kind: 'Dynamic' };
    const to = { version: 'ocpp2.1', place: 1, profileId: 5 } as const;
    await send(name, 'SetChargingProfile', setChargingProfileRequest(dynamic, to));
    await send(name, 'UpdateDynamicSchedule', { chargingProfileId: 5, scheduleUpdate: { limit: 9.5 } });
    expect(await chargePoint.call('PullDynamicScheduleUpdate', { chargingProfileId: 5 })).toEqual({
      status: 'Accepted',
      scheduleUpdate: { limit: 9.5 },
    });
    const [profile] = await profiles(name);
    expect(JSON.stringify(profile?.profile)).toContain('"limit":9.5');
    expect(await chargePoint.call('PullDynamicScheduleUpdate', { chargingProfileId: 6 })).toEqual({
      status: 'Rejected',
    });
  });

  it('K21, K22: a session with priority is known, by its driver or by us', async () => {
    expect(await chargePoint.call('NotifyPriorityCharging', { transactionId: 'P', activated: true })).toEqual({});
    expect(await reports(name)).toMatchObject([{ kind: 'priority-charging', content: { activated: true } }]);
    await send(name, 'UsePriorityCharging', { transactionId: 'P', activate: false });
    expect(await reports(name)).toMatchObject([{ content: { transactionId: 'P', activated: false } }]);
  });
});

it('a charge point that is registered again under a removed one’s name starts without its profiles', async () => {
  const name = 'AGAIN';
  await connectScripted(product, name, 'ocpp2.0.1');
  const request = setChargingProfileRequest(DRAFT, { version: 'ocpp2.0.1', place: 1, profileId: 1 });
  await send(name, 'SetChargingProfile', request);
  expect(await ids(name)).toEqual([1]);
  await product.api('DELETE', `/things/${name}`);
  await product.api('POST', '/things', { thingName: name });
  await eventually(async () => expect(await ids(name)).toEqual([]));
});

it('templates are kept, changed and removed; a bad one says which field and why', async () => {
  const path = '/charging-profile-templates';
  const made = await product.api<ProfileTemplate>('POST', path, { name: 'Nights', profile: DRAFT });
  expect(made).toMatchObject({ name: 'Nights', profile: DRAFT, updatedBy: expect.any(String) });
  expect((await product.request('POST', path, { name: 'Nights', profile: DRAFT })).status).toBe(409);
  const bad = await product.request('POST', path, {
    name: 'Bad',
    profile: {
      ...DRAFT,
      periods: [
        { start: 0, limit: 1 },
        { start: 0, limit: 1.25 },
      ],
    },
  });
  expect(bad).toMatchObject({
    status: 400,
    body: {
      errors: [
        { path: '/profile/periods/1/start', message: 'must be after the one before' },
        { path: '/profile/periods/1/limit', message: 'may have one decimal' },
      ],
    },
  });
  expect((await product.request('POST', path, { name: 'Bad', profile: { ...DRAFT, unit: 'V' } })).status).toBe(400);
  const changed = await product.api<ProfileTemplate>('PUT', `${path}/${made.id}`, { name: 'Days', profile: DRAFT });
  expect(await product.api('GET', `${path}/${made.id}`)).toEqual(changed);
  expect(await product.api('GET', path)).toEqual({ items: [changed] });
  await product.api('DELETE', `${path}/${made.id}`);
  expect((await product.request('GET', `${path}/${made.id}`)).status).toBe(404);
});

it('a template tells where what it says holds: set as it is, or as the profile of a session', async () => {
  const profile: ProfileDraft = { ...DRAFT, stackLevel: 33, periods: [{ start: 0, limit: 7 }] };
  const template = await product.api<ProfileTemplate>('POST', '/charging-profile-templates', {
    name: 'Seven',
    profile,
  });
  const uses = async () => {
    const answer = await product.api<{ profiles: ChargingProfile[] }>(
      'GET',
      `/charging-profile-templates/${template.id}/uses`,
    );
    return answer.profiles.map(({ thingName, profileId }) => `${thingName} ${profileId}`);
  };
  expect(await uses()).toEqual([]);
  for (const [version] of VERSIONS) {
    const chargePoint = await connectScripted(product, nameOf('USES', version), version);
    chargePoint.answer('SetChargingProfile', () => ({ status: 'Accepted' }));
    const set = (profileId: number, change: Partial<ProfileDraft>) =>
      send(
        nameOf('USES', version),
        'SetChargingProfile',
        setChargingProfileRequest({ ...profile, ...change }, { version, place: profileId, profileId }),
      );
    await set(1, {});
    await set(2, { purpose: 'TxProfile' });
    await set(3, { purpose: 'ChargingStationMaxProfile' });
    await set(4, { periods: [{ start: 0, limit: 8 }] });
  }
  expect(await uses()).toEqual(
    VERSIONS.map(([version]) => nameOf('USES', version))
      .sort()
      .flatMap((name) => [`${name} 1`, `${name} 2`]),
  );
});
