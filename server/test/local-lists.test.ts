import type { LocalList, LocalListSummary, SentLocalList } from '@cpo-console/shared/api/access.ts';
import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct, type WireChargePoint } from './support/product.ts';

// Local authorization lists, from the operator's request to what both sides believe.

let product: Product;
let names = 0;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product.stop(), 15_000);

const putToken = (idToken: string, facts: object = {}) => product.api('PUT', `/id-tokens/${idToken}`, facts);

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  const is16 = version === 'ocpp1.6';
  const infoName = is16 ? 'idTagInfo' : 'idTokenInfo';
  const versionName = is16 ? 'listVersion' : 'versionNumber';
  const entryOf = (idToken: string, info?: object | null) => ({
    ...(is16 ? { idTag: idToken } : { idToken: { idToken, type: 'ISO14443' } }),
    ...(info === undefined ? {} : { [infoName]: info }),
  });

  async function connected(): Promise<{ name: string; wire: WireChargePoint; asked: Record<string, unknown>[] }> {
    const name = `LIST-${++names}`;
    const wire = await product.connect(name, version);
    const asked: Record<string, unknown>[] = [];
    wire.onCall((_action, payload) => {
      asked.push(payload as Record<string, unknown>);
      return { result: { status: 'Accepted' } };
    });
    return { name, wire, asked };
  }
  const listOf = (name: string) => product.api<LocalList>('GET', `/things/${name}/local-list`);
  const send = (name: string, payload: object) =>
    product.api<Command>('POST', `/things/${name}/commands`, { action: 'SendLocalList', payload });
  const sendFromRegistry = (name: string, body: object) =>
    product.api<SentLocalList>('POST', `/things/${name}/local-list`, body);

  it('D01, 1.6 §5.15: a full list gets its infos from the registry unless given, and its version counted', async () => {
    await putToken('ADA', { groupIdToken: 'FLEET', expiresAt: '2099-01-01T00:00:00.000Z' });
    await putToken('BOB', { status: 'Blocked' });
    await putToken('EVE');
    const { name, asked } = await connected();
    expect(await listOf(name)).toMatchObject({ version: null, state: 'unknown', entries: null });
    const given = { status: 'Accepted' };
    const localAuthorizationList = [entryOf('ADA'), entryOf('BOB'), entryOf('nobody'), entryOf('EVE', given)];
    await send(name, { updateType: 'Full', localAuthorizationList });
    expect(asked[0]).toMatchObject({ [versionName]: 1, updateType: 'Full' });
    const group = is16 ? { parentIdTag: 'FLEET' } : { groupIdToken: { idToken: 'FLEET', type: 'Central' } };
    const expiry = is16 ? 'expiryDate' : 'cacheExpiryDateTime';
    expect(asked[0]?.localAuthorizationList).toEqual([
      entryOf('ADA', { status: 'Accepted', [expiry]: '2099-01-01T00:00:00.000Z', ...group }),
      entryOf('BOB', { status: 'Blocked' }),
      entryOf('nobody', { status: 'Invalid' }),
      entryOf('EVE', given),
    ]);
    expect(await listOf(name)).toMatchObject({
      version: 1,
      state: 'in-step',
      size: 4,
      attempt: { updateType: 'Full', outcome: 'Accepted', version: 1 },
    });
    const page = await product.api<Page<LocalListSummary>>('GET', '/local-lists?limit=1000');
    expect(page.items.find(({ thingName }) => thingName === name)).toMatchObject({ version: 1, state: 'in-step' });
    const uses = await product.api<{ localLists: string[] }>('GET', '/id-tokens/bob/uses');
    expect(uses.localLists).toContain(name);
  });

  it('D01, 1.6 §5.15: a differential update adds, changes and takes out; null and unknown tokens take out', async () => {
    await putToken('ADA', {});
    await putToken('BOB', {});
    const { name, asked } = await connected();
    const list = [entryOf('ADA'), entryOf('BOB'), entryOf('OLD', { status: 'Accepted' })];
    await send(name, { updateType: 'Full', localAuthorizationList: list, [versionName]: 40 });
    await putToken('ADA', { status: 'Blocked' });
    expect(await listOf(name)).toMatchObject({ version: 40, changed: 2 });
    const changes = [entryOf('ada'), entryOf('OLD'), entryOf('BOB', null)];
    await send(name, { updateType: 'Differential', localAuthorizationList: changes });
    expect(asked[1]).toMatchObject({
      [versionName]: 41,
      localAuthorizationList: [entryOf('ada', { status: 'Blocked' }), entryOf('OLD'), entryOf('BOB')],
    });
    const now = await listOf(name);
    expect(now).toMatchObject({ version: 41, state: 'in-step', changed: 0 });
    expect(now.entries).toMatchObject([{ idToken: 'ada', status: 'Blocked', changed: false }]);
  });

  it('D01, 1.6 §5.15: what changes of a token that the list holds puts it out of step, and back', async () => {
    const [card, other] = [`CARD-${++names}`, `OTHER-${names}`];
    const { name } = await connected();
    expect(await listOf(name)).toMatchObject({ nextVersion: 1 });
    await putToken(card);
    await send(name, { updateType: 'Full', localAuthorizationList: [entryOf(card)] });
    const stateAfter = async (change: Promise<unknown>) => {
      await change;
      const { state, changed, nextVersion } = await listOf(name);
      return [state, changed, nextVersion];
    };
    expect(await stateAfter(putToken(other, { status: 'Blocked' }))).toEqual(['in-step', 0, 2]);
    expect(await stateAfter(putToken(card, { status: 'Blocked' }))).toEqual(['out-of-step', 1, 2]);
    expect(await stateAfter(putToken(card))).toEqual(['in-step', 0, 2]);
    expect(await stateAfter(putToken(card, { expiresAt: '2099-01-01T00:00:00Z' }))).toEqual(['out-of-step', 1, 2]);
    const differential = { updateType: 'Differential', localAuthorizationList: [entryOf(card)] };
    expect(await stateAfter(send(name, differential))).toEqual(['in-step', 0, 3]);
    expect(await stateAfter(product.api('DELETE', `/id-tokens/${card}`))).toEqual(['out-of-step', 1, 3]);
  });

  it('D01, 1.6 §5.15: a refused update leaves what was agreed, is out of step, and is not sent again unasked', async () => {
    await putToken('ADA', {});
    const { name, wire, asked } = await connected();
    await send(name, { updateType: 'Full', localAuthorizationList: [entryOf('ADA')] });
    wire.onCall(() => ({ result: { status: 'VersionMismatch' } }));
    await putToken('BOB', {});
    await send(name, { updateType: 'Differential', localAuthorizationList: [entryOf('BOB')] });
    expect(await listOf(name)).toMatchObject({
      version: 1,
      state: 'out-of-step',
      size: 1,
      attempt: { outcome: 'VersionMismatch', version: 2 },
    });
    wire.onCall((_action, payload) => {
      asked.push(payload as Record<string, unknown>);
      return { result: { status: 'Accepted' } };
    });
    const sent = await sendFromRegistry(name, { updateType: 'Full', of: 'same' });
    expect(sent.commands).toHaveLength(1);
    expect(asked.at(-1)).toMatchObject({ [versionName]: 3, updateType: 'Full' });
    expect(sent.list).toMatchObject({ version: 3, state: 'in-step', size: 2 });
  });

  it('D01, 1.6 §5.15: what differs, when the charge point can’t take that, is followed by the whole list', async () => {
    await putToken('ADA', { groupIdToken: 'STEP' });
    const { name, wire, asked } = await connected();
    await wire.call('Heartbeat', {});
    const choice = { of: 'group', groupIdToken: 'STEP' };
    await sendFromRegistry(name, { updateType: 'Full', ...choice });
    await putToken('ADA', { groupIdToken: 'STEP', status: 'Blocked' });
    asked.length = 0;
    wire.onCall((_action, payload) => {
      const said = payload as Record<string, unknown>;
      asked.push(said);
      return { result: { status: said.updateType === 'Full' ? 'Accepted' : 'VersionMismatch' } };
    });
    const sent = await sendFromRegistry(name, { updateType: 'Differential', ...choice });
    expect(asked.map(({ updateType, [versionName]: number }) => [updateType, number])).toEqual([
      ['Differential', 2],
      ['Full', 3],
    ]);
    expect(sent.commands).toHaveLength(2);
    expect(sent.list).toMatchObject({ version: 3, state: 'in-step', changed: 0 });

    wire.onCall((_action, payload) => {
      asked.push(payload as Record<string, unknown>);
      return { result: { status: 'Failed' } };
    });
    asked.length = 0;
    const refused = await sendFromRegistry(name, { updateType: 'Full', ...choice });
    expect(asked).toHaveLength(1);
    expect(refused.list).toMatchObject({ version: 3, state: 'out-of-step', attempt: { outcome: 'Failed' } });
  });

  it('D02, 1.6 §5.10: what it says its version is counts; another one than agreed is out of step', async () => {
    const { name, wire } = await connected();
    const ask = () => product.api<Command>('POST', `/things/${name}/commands`, { action: 'GetLocalListVersion' });
    const says = (number: number) => wire.onCall(() => ({ result: { [versionName]: number } }));
    says(0);
    await ask();
    expect(await listOf(name)).toMatchObject({ version: 0, state: 'in-step', reported: { version: 0 } });
    wire.onCall(() => ({ result: { status: 'Accepted' } }));
    await send(name, { updateType: 'Full' });
    expect(await listOf(name)).toMatchObject({ version: 1, state: 'in-step', size: 0, reported: null });
    says(1);
    await ask();
    expect(await listOf(name)).toMatchObject({ version: 1, state: 'in-step', reported: { version: 1 } });
    says(7);
    await ask();
    expect(await listOf(name)).toMatchObject({ version: 7, state: 'out-of-step' });
  });

  it('an update that was never answered counts once the charge point says that it has it', async () => {
    await putToken('ADA', {});
    const { name, wire } = await connected();
    wire.onCall(() => {
      void wire.close();
      return null;
    });
    const sent = await send(name, { updateType: 'Full', localAuthorizationList: [entryOf('ADA')] });
    expect(sent).toMatchObject({ status: 'error', error: { code: 'ConnectionClosed' } });
    expect(await listOf(name)).toMatchObject({
      version: null,
      state: 'out-of-step',
      attempt: { outcome: 'unanswered' },
    });
    const again = await product.connect(name, version);
    again.onCall(() => ({ result: { [versionName]: 1 } }));
    await product.api<Command>('POST', `/things/${name}/commands`, { action: 'GetLocalListVersion' });
    expect(await listOf(name)).toMatchObject({ version: 1, state: 'in-step', size: 1 });
  });

  it('a group goes out in as many messages as the charge point takes entries; a differential sends what differs', async () => {
    const suffix = ++names;
    const group = `GROUP-${suffix}`;
    for (const idToken of ['G1', 'G2', 'G3']) await putToken(`${idToken}-${suffix}`, { groupIdToken: group });
    const { name, wire, asked } = await connected();
    const limit = is16
      ? { configurationKey: [{ key: 'SendLocalListMaxLength', readonly: true, value: '2' }] }
      : {
          getVariableResult: [
            {
              attributeStatus: 'Accepted',
              attributeValue: '2',
              component: { name: 'LocalAuthListCtrlr' },
              variable: { name: 'ItemsPerMessage' },
            },
          ],
        };
    wire.onCall(() => ({ result: limit }));
    await product.api('POST', `/things/${name}/commands`, {
      action: is16 ? 'GetConfiguration' : 'GetVariables',
      payload: is16
        ? {}
        : { getVariableData: [{ component: { name: 'LocalAuthListCtrlr' }, variable: { name: 'ItemsPerMessage' } }] },
    });
    wire.onCall((_action, payload) => {
      asked.push(payload as Record<string, unknown>);
      return { result: { status: 'Accepted' } };
    });
    const full = await sendFromRegistry(name, { updateType: 'Full', of: 'group', groupIdToken: group });
    expect(full.commands).toHaveLength(2);
    expect(asked.map(({ updateType, [versionName]: number }) => [updateType, number])).toEqual([
      ['Full', 1],
      ['Differential', 2],
    ]);
    expect(full.list).toMatchObject({ version: 2, state: 'in-step', size: 3 });

    const nothing = await sendFromRegistry(name, { updateType: 'Differential', of: 'group', groupIdToken: group });
    expect(nothing.commands).toEqual([]);
    await product.api('DELETE', `/id-tokens/G1-${suffix}`);
    await putToken(`G2-${suffix}`, { groupIdToken: group, status: 'Blocked' });
    const difference = await sendFromRegistry(name, { updateType: 'Differential', of: 'group', groupIdToken: group });
    expect(asked.at(-1)?.localAuthorizationList).toHaveLength(2);
    expect(difference.list.entries?.map(({ idToken, status }) => [idToken, status])).toEqual([
      [`G2-${suffix}`, 'Blocked'],
      [`G3-${suffix}`, 'Accepted'],
    ]);
  });

  it('a charge point that is removed and registered again has no list that we know of', async () => {
    const { name } = await connected();
    await send(name, { updateType: 'Full' });
    await product.api('DELETE', `/things/${name}`);
    await product.api('POST', '/things', { thingName: name });
    expect(await listOf(name)).toMatchObject({ state: 'unknown', version: null, attempt: null });
  });

  it('C11, 1.6 §5.4: what it said to ClearCache is kept', async () => {
    const { name, wire } = await connected();
    wire.onCall(() => ({ result: { status: 'Rejected' } }));
    await product.api('POST', `/things/${name}/commands`, { action: 'ClearCache' });
    expect(await listOf(name)).toMatchObject({ cache: { status: 'Rejected' } });
  });
});
