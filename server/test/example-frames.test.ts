import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRouteTable } from '../src/csms/dispatch/route-table.ts';
import { eventually } from './support/eventually.ts';
import { exampleRequest, exampleResponse } from './support/example-payloads.ts';
import { type Product, startProduct, type WireChargePoint } from './support/product.ts';

// One valid frame of every action and version through the whole product, by socket and REST.

const routes = createRouteTable({} as Parameters<typeof createRouteTable>[0]);
const validator = await createValidator();
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

const actionsOf = (version: OcppVersion, kind: 'asked' | 'sent' | 'told') =>
  Object.entries(ACTIONS[version]).flatMap(([action, { from, send }]) => {
    if (send === true) return kind === 'told' ? [action] : [];
    return kind !== 'told' && from !== (kind === 'asked' ? 'csms' : 'charge-point') ? [action] : [];
  });

describe.each(OCPP_VERSIONS)('%s', (version) => {
  const thingName = version.replaceAll('.', '-');
  let chargePoint: WireChargePoint;
  beforeAll(async () => {
    chargePoint = await product.connect(thingName, version);
  });

  test.each(actionsOf(version, 'asked'))('%s is answered as its schema says, or NotImplemented', async (action) => {
    const payload = exampleRequest(version, action);
    expect(validator.validate(version, action, 'request', payload, 'in')).toEqual([]);
    const answer = await chargePoint.call(action, payload);
    if (routes[version].has(action)) {
      expect(answer).toEqual([3, expect.any(String), expect.any(Object)]);
      expect(validator.validate(version, action, 'response', answer[2], 'in')).toEqual([]);
    } else {
      expect(answer.slice(0, 3)).toEqual([4, expect.any(String), 'NotImplemented']);
    }
  });

  test.each(actionsOf(version, 'sent'))('%s reaches the charge point, and its answer is taken in', async (action) => {
    const payload = exampleRequest(version, action);
    const heard: unknown[] = [];
    const result = exampleResponse(version, action);
    chargePoint.onCall((asked, said) => {
      heard.push([asked, said]);
      return { result };
    });
    const command = await product.api<Command>('POST', `/things/${thingName}/commands`, { action, payload });
    expect(command).toMatchObject({ status: 'answered', action });
    expect(heard).toEqual([[action, payload]]);
    await eventually(async () => {
      const { items } = await product.api<Page<Message>>('GET', `/messages?messageId=${command.messageId}&order=asc`);
      expect(items.map(({ kind, violations }) => [kind, violations])).toEqual([
        ['call', undefined],
        ['result', undefined],
      ]);
    });
  });

  test.each(actionsOf(version, 'told'))('%s is a SEND: logged, never answered', async (action) => {
    chargePoint.say(JSON.stringify([6, 'send-1', action, exampleRequest(version, action)]));
    await chargePoint.call('Heartbeat', {});
    const { items } = await product.api<Page<Message>>('GET', '/messages?messageId=send-1');
    expect(items.map(({ kind, action, violations }) => [kind, action, violations])).toEqual([
      ['send', action, undefined],
    ]);
  });
});
