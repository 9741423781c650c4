import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import {
  FAKE_COMMANDS,
  FAKE_DOOR,
  FAKE_METER,
  FAKE_SESSIONS,
  FAKE_TOKENS,
  fakeFleet,
  fakeMessages,
  fakeThing,
} from './fake-data.ts';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

type Answer = { status: number; body?: unknown };
export type FakeRoute = (request: FakeRequest) => Answer | undefined;

const TRIGGER = {
  action: 'TriggerMessage',
  block: 'Remote control',
  summary: 'Ask for a message right now.',
  requestSchema: {
    type: 'object',
    required: ['requestedMessage'],
    definitions: {
      EVSEType: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer', description: 'EVSE identifier.' }, connectorId: { type: 'integer' } },
      },
    },
    properties: {
      requestedMessage: { type: 'string', enum: ['BootNotification', 'Heartbeat', 'StatusNotification'] },
      evse: { $ref: '#/definitions/EVSEType' },
    },
  },
};
const RESET = {
  action: 'Reset',
  block: 'Provisioning',
  summary: 'Restart the charging station or one EVSE.',
  requestSchema: {
    type: 'object',
    required: ['type'],
    properties: { type: { type: 'string', enum: ['Immediate', 'OnIdle'] }, evseId: { type: 'integer', minimum: 0 } },
  },
};
const SET_VARIABLES = {
  action: 'SetVariables',
  block: 'Provisioning',
  summary: 'Set variables.',
  requestSchema: {
    type: 'object',
    required: ['setVariableData'],
    properties: {
      setVariableData: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['attributeValue'],
          properties: { attributeValue: { type: 'string', maxLength: 1000 } },
        },
      },
    },
  },
};

/** Answers as the server would, from memory. Routes given come first: a test bends what it needs. */
export function createFakeApi({ things = 0, routes = [] }: { things?: number; routes?: FakeRoute[] } = {}) {
  const fleet: Thing[] = Array.from({ length: things }, (_, index) => fakeThing(index));
  const messages: Message[] = fakeMessages(40);
  const requests: FakeRequest[] = [];

  const builtIn: FakeRoute = ({ method, path, query, body }) => {
    if (method !== 'GET') return write(method, path, body);
    const name = path.match(/^\/things\/([^/]+)$/)?.[1];
    if (name) {
      const thing = fleet.find((each) => each.thingName === name);
      return thing
        ? ok(thing)
        : {
            status: 404,
            body: { type: 'about:blank', title: 'Not Found', status: 404, detail: `There is no charge point ${name}.` },
          };
    }
    if (path === '/things') return page(fleet, query);
    if (path === '/messages')
      return page(
        messages.filter((message) => !query.get('thingName') || message.thingName === query.get('thingName')),
        query,
      );
    return ok(
      FIXED[path.replace(/^\/things\/[^/]+/, '/thing').replace(/^\/transactions\/[^/]+/, '/transaction')] ??
        (path === '/fleet' ? fakeFleet(fleet) : { items: [], nextCursor: null }),
    );
  };

  const write = (method: string, path: string, body: unknown): Answer => {
    if (method === 'POST' && path === '/things') {
      const made = { ...fakeThing(8, (body as { thingName: string }).thingName) };
      fleet.push(made);
      return {
        status: 201,
        body: {
          ...made,
          credentials: { password: 'vN3-8kq2-Zt7w-Lp4x' },
          urls: [`ws://127.0.0.1:8080/ocpp/${made.thingName}`],
        },
      };
    }
    if (path.endsWith('/commands'))
      return ok({
        ...FAKE_COMMANDS[1],
        ...(body as object),
        answeredAt: new Date(Date.parse(FAKE_COMMANDS[1]?.sentAt ?? '') + 214).toISOString(),
      });
    return { status: 204 };
  };

  const fetchFake = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'http://localhost');
    const request: FakeRequest = {
      method: init.method ?? 'GET',
      path: decodeURIComponent(url.pathname.replace('/api/v1', '')),
      query: url.searchParams,
      body: bodyOf(init),
    };
    requests.push(request);
    for (const route of [...routes, builtIn]) {
      const answer = route(request);
      if (answer)
        return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status });
    }
    return new Response(null, { status: 404 });
  };
  return { fetch: fetchFake, requests, things: fleet, messages };
}

function bodyOf({ body, headers }: RequestInit): unknown {
  if (typeof body !== 'string') return undefined;
  const isJson = new Headers(headers).get('content-type') === 'application/json';
  return isJson ? JSON.parse(body) : body;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

const FIXED: Record<string, unknown> = {
  '/session': {
    user: { id: 'u1', name: 'ada', role: 'admin' },
    permissions: [
      'messages:read',
      'commands:read',
      'id-tokens:read',
      'things:register',
      'things:configure',
      'things:delete',
      'commands:support',
      'commands:operate',
      'transactions:close',
      'id-tokens:write',
    ],
  },
  '/setup': { needed: false },
  '/door': { items: FAKE_DOOR },
  '/actions': { items: [RESET, SET_VARIABLES, TRIGGER] },
  '/thing/commands': { items: FAKE_COMMANDS, nextCursor: null },
  '/thing/shadow': {
    thingName: 'CP-0000',
    version: 7,
    timestamp: 1_763_812_000,
    state: {
      reported: { chargingStation: { vendorName: 'Acme', model: 'ABC 123' }, reason: 'PowerUp' },
      desired: { interval: 60 },
    },
  },
  '/transactions': { items: FAKE_SESSIONS, nextCursor: null },
  '/transaction': FAKE_SESSIONS[0],
  '/transaction/meter-values': { items: FAKE_METER },
  '/id-tokens': { items: FAKE_TOKENS, nextCursor: null },
};

function page<T>(all: T[], query: URLSearchParams): Answer {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 100);
  return ok({ items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null });
}
