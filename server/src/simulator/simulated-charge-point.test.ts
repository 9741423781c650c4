import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeCsms, friendly, startFakeCsms, TIME } from './fake-csms.ts';
import {
  type ChargePointEvent,
  type SimulatedChargePoint,
  type SimulatedChargePointOptions,
  startSimulatedChargePoint,
} from './simulated-charge-point.ts';

const validator = await createValidator();
const VERSIONS: OcppVersion[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];
const FAST = { beforeMs: 1, sessionSeconds: 1, faultMs: 1, restartMs: 10 };

const running: (SimulatedChargePoint | FakeCsms)[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await ('stop' in one ? one.stop() : one.close());
});

async function csms(options: Partial<Parameters<typeof startFakeCsms>[0]> = {}): Promise<FakeCsms> {
  const started = await startFakeCsms({ protocols: VERSIONS, answer: friendly, ...options });
  running.push(started);
  return started;
}

function chargePoint(options: Partial<SimulatedChargePointOptions> & { url: string }): SimulatedChargePoint {
  const started = startSimulatedChargePoint({
    id: 'CP1',
    protocol: 'ocpp2.0.1',
    timings: FAST,
    random: () => 1,
    ...options,
  });
  running.unshift(started);
  return started;
}

describe.each(VERSIONS)('a simulated charge point that speaks %s', (protocol) => {
  it('boots, reports its connectors, and everything that it sends fits the schemas', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol, scenario: 'charge' });
    await server.heard(protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent', protocol === 'ocpp1.6' ? 1 : 3);
    expect(server.calls.slice(0, 3).map(({ action }) => action)).toEqual([
      'BootNotification',
      'StatusNotification',
      'StatusNotification',
    ]);
    for (const { action, payload } of server.calls) {
      expect({ action, violations: validator.validate(protocol, action, 'request', payload, 'in') }).toEqual({
        action,
        violations: [],
      });
    }
  });

  it('raises a fault and recovers', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol, scenario: 'fault' });
    await server.heard('StatusNotification', 4);
    const states = server.calls.filter(({ action }) => action === 'StatusNotification').slice(2);
    expect(states.map(({ payload }) => payload.status ?? payload.connectorStatus)).toEqual(['Faulted', 'Available']);
    if (protocol !== 'ocpp1.6') await server.heard('NotifyEvent', 2);
    for (const { action, payload } of server.calls) {
      expect({ action, violations: validator.validate(protocol, action, 'request', payload, 'in') }).toEqual({
        action,
        violations: [],
      });
    }
  });

  it('answers a Reset, then connects again and boots with the reason', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol });
    await server.heard('StatusNotification', 2);
    const type = protocol === 'ocpp1.6' ? 'Soft' : 'Immediate';
    expect(await server.ask('Reset', { type })).toEqual({ type: 3, body: [{ status: 'Accepted' }] });
    const boot = await server.heard('BootNotification', 2);
    expect(server.connections).toHaveLength(2);
    if (protocol !== 'ocpp1.6') expect(boot.payload.reason).toBe('RemoteReset');
  });

  it('starts a session when asked and stops it when asked', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol });
    await server.heard('StatusNotification', 2);
    if (protocol === 'ocpp1.6') {
      await server.ask('RemoteStartTransaction', { connectorId: 2, idTag: 'ABC' });
      expect((await server.heard('StartTransaction')).payload).toMatchObject({ connectorId: 2, idTag: 'ABC' });
      await server.heard('StatusNotification', 4);
      expect(await server.ask('RemoteStopTransaction', { transactionId: 77 })).toMatchObject({
        body: [{ status: 'Accepted' }],
      });
      expect((await server.heard('StopTransaction')).payload).toMatchObject({ transactionId: 77, reason: 'Remote' });
      return;
    }
    const idToken = { idToken: 'ABC', type: 'Central' };
    await server.ask('RequestStartTransaction', { evseId: 2, idToken, remoteStartId: 5 });
    const { payload } = await server.heard('TransactionEvent');
    expect(payload).toMatchObject({
      eventType: 'Started',
      idToken,
      transactionInfo: { remoteStartId: 5 },
      evse: { id: 2 },
    });
    const { transactionId } = payload.transactionInfo as { transactionId: string };
    expect(await server.ask('RequestStopTransaction', { transactionId })).toMatchObject({
      body: [{ status: 'Accepted' }],
    });
    const events = () => server.calls.filter(({ action }) => action === 'TransactionEvent');
    await expect.poll(() => events().at(-1)?.payload.eventType).toBe('Ended');
    expect(events().map((event) => event.payload.seqNo)).toEqual(events().map((_, index) => index));
  });

  it('says which requests it does not know', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol });
    await server.heard('BootNotification');
    expect(await server.ask('MakeCoffee', {})).toMatchObject({
      type: 4,
      body: ['NotImplemented', expect.any(String), {}],
    });
    expect(await server.ask('Heartbeat', {})).toMatchObject({
      type: 4,
      body: ['NotImplemented', expect.any(String), {}],
    });
  });

  it('sends what is triggered', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol });
    await server.heard('StatusNotification', 2);
    for (const requestedMessage of ['Heartbeat', 'MeterValues', 'FirmwareStatusNotification']) {
      expect(await server.ask('TriggerMessage', { requestedMessage })).toMatchObject({
        body: [{ status: 'Accepted' }],
      });
      const { payload } = await server.heard(requestedMessage);
      expect(validator.validate(protocol, requestedMessage, 'request', payload, 'in')).toEqual([]);
    }
    await server.ask('TriggerMessage', { requestedMessage: 'BootNotification' });
    await server.heard('BootNotification', 2);
  });

  it('tries the boot again after the time that the CSMS gave', async () => {
    const server = await csms({
      answer: (action, payload, nth) =>
        action === 'BootNotification' && nth === 1
          ? { status: 'Pending', currentTime: TIME, interval: 1 }
          : friendly(action, payload, nth),
    });
    chargePoint({ url: server.url, protocol });
    await server.heard('BootNotification', 2);
    expect(server.calls.map(({ action }) => action)).not.toContain('StatusNotification');
    await server.heard('StatusNotification');
  });
});

describe('configuration', () => {
  it('1.6: GetConfiguration and ChangeConfiguration work on the same keys, without showing the password', async () => {
    const server = await csms();
    chargePoint({ url: server.url, protocol: 'ocpp1.6', password: 'first' });
    await server.heard('StatusNotification', 2);
    const change = (key: string, value: string) => server.ask('ChangeConfiguration', { key, value });
    expect(await change('HeartbeatInterval', '1')).toMatchObject({ body: [{ status: 'Accepted' }] });
    expect(await change('NumberOfConnectors', '9')).toMatchObject({ body: [{ status: 'Rejected' }] });
    expect(await change('Nonsense', '9')).toMatchObject({ body: [{ status: 'NotSupported' }] });
    expect(await change('AuthorizationKey', '00ff10')).toMatchObject({ body: [{ status: 'Accepted' }] });
    const { body } = await server.ask('GetConfiguration', {
      key: ['HeartbeatInterval', 'AuthorizationKey', 'Nonsense'],
    });
    expect(body[0]).toEqual({
      configurationKey: [
        { key: 'AuthorizationKey', readonly: false },
        { key: 'HeartbeatInterval', readonly: false, value: '1' },
      ],
      unknownKey: ['Nonsense'],
    });
    await server.heard('Heartbeat');
    server.dropConnection();
    await expect.poll(() => server.connections.length, { timeout: 5_000 }).toBe(2);
    const sent = server.connections.map(({ authorization }) => authorization?.replace('Basic ', '') ?? '');
    expect(sent.map((text) => Buffer.from(text, 'base64').toString('hex'))).toEqual([
      Buffer.from('CP1:first').toString('hex'),
      `${Buffer.from('CP1:').toString('hex')}00ff10`,
    ]);
  });

  it('2.x: variables are read, set and reported', async () => {
    const server = await csms();
    chargePoint({ url: server.url });
    await server.heard('StatusNotification', 2);
    const subject = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
    const set = await server.ask('SetVariables', { setVariableData: [{ ...subject, attributeValue: '120' }] });
    expect(set.body[0]).toEqual({ setVariableResult: [{ attributeStatus: 'Accepted', ...subject }] });
    const unknown = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'Nonsense' } };
    const got = await server.ask('GetVariables', { getVariableData: [subject, unknown] });
    expect(got.body[0]).toEqual({
      getVariableResult: [
        { attributeStatus: 'Accepted', attributeValue: '120', ...subject },
        { attributeStatus: 'UnknownVariable', ...unknown },
      ],
    });
    await server.ask('GetBaseReport', { requestId: 4, reportBase: 'FullInventory' });
    await server.heard('NotifyReport', 3);
    const parts = server.calls.filter(({ action }) => action === 'NotifyReport').map(({ payload }) => payload);
    for (const part of parts)
      expect(validator.validate('ocpp2.0.1', 'NotifyReport', 'request', part, 'in')).toEqual([]);
    expect(parts.map(({ requestId, seqNo, tbc }) => [requestId, seqNo, tbc])).toEqual([
      [4, 0, true],
      [4, 1, true],
      [4, 2, false],
    ]);
  });
});

describe('connecting', () => {
  it('a reconnect needs no boot', async () => {
    const server = await csms();
    chargePoint({ url: server.url });
    await server.heard('StatusNotification', 2);
    server.dropConnection();
    await server.heard('StatusNotification', 4);
    expect(server.calls.filter(({ action }) => action === 'BootNotification')).toHaveLength(1);
  });

  it.each([404, 401])('ends when it is refused with %i', async (status) => {
    const server = await csms({ refuseWith: status });
    expect(await chargePoint({ url: server.url }).ended).toEqual({ kind: 'refused', status });
  });

  it('ends when nobody listens', async () => {
    const server = await csms();
    await server.close();
    running.pop();
    expect(await chargePoint({ url: server.url }).ended).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
  });

  it('ends when there is no common subprotocol', async () => {
    const server = await csms({ protocols: ['ocpp1.6'] });
    expect(await chargePoint({ url: server.url, protocol: 'ocpp2.1' }).ended).toEqual({ kind: 'no-common-protocol' });
  });

  it('sends the identity percent-encoded', async () => {
    const server = await csms();
    chargePoint({ url: `${server.url}/`, id: 'A:B C' });
    await server.heard('BootNotification');
    expect(server.connections[0]?.path).toBe('/ocpp/A%3AB%20C');
  });

  it('a stop ends the running session before the connection', async () => {
    const server = await csms();
    const started = chargePoint({ url: server.url, scenario: 'charge', timings: { ...FAST, sessionSeconds: 600 } });
    await server.heard('TransactionEvent', 2);
    await started.stop();
    expect(await started.ended).toEqual({ kind: 'stopped' });
    expect(server.calls.findLast(({ action }) => action === 'TransactionEvent')?.payload).toMatchObject({
      eventType: 'Ended',
      transactionInfo: { stoppedReason: 'Local' },
    });
  });

  it('a token that is not accepted starts no session', async () => {
    const server = await csms({
      answer: (action, payload, nth) =>
        action === 'Authorize' ? { idTokenInfo: { status: 'Invalid' } } : friendly(action, payload, nth),
    });
    const events: ChargePointEvent[] = [];
    const onEvent = (event: ChargePointEvent) => void events.push(event);
    chargePoint({ url: server.url, scenario: 'charge', idToken: 'STOLEN', onEvent });
    await server.heard('StatusNotification', 4);
    expect(server.calls.at(-1)?.payload.connectorStatus).toBe('Available');
    expect(events).toContainEqual({
      kind: 'token-refused',
      idToken: 'STOLEN',
      status: 'Invalid',
      chargesAnyway: false,
    });
    expect(server.calls.map(({ action }) => action)).not.toContain('TransactionEvent');
  });

  it('without a card of its own, a driver whom the CSMS refuses charges for free', async () => {
    const server = await csms({
      answer: (action, payload, nth) =>
        action === 'Authorize' ? { idTokenInfo: { status: 'Invalid' } } : friendly(action, payload, nth),
    });
    chargePoint({ url: server.url, scenario: 'charge' });
    const { payload } = await server.heard('TransactionEvent');
    expect(payload).toMatchObject({ eventType: 'Started', idToken: { idToken: '', type: 'NoAuthorization' } });
    expect(validator.validate('ocpp2.0.1', 'TransactionEvent', 'request', payload, 'in')).toEqual([]);
  });
});
