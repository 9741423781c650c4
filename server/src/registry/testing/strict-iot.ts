import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * AWS IoT's control plane as far as we use it, as strict as AWS: names and versions are checked, what is in use is not
 * deleted, a principal that was detached counts for a while, pages are small. It can be told to fail.
 */
export interface StrictIot {
  readonly url: string;
  /** The operations that were asked for, in order. */
  readonly asked: readonly string[];
  readonly things: Map<string, StrictThing>;
  /** Groups and who is in them. */
  readonly groups: Map<string, Set<string>>;
  /** Policies by name, with the certificates that have them. */
  readonly policies: Map<string, { document: string; targets: Set<string> }>;
  /** Whether the index of the fleet is on. */
  indexed: boolean;
  fail(operation: string, failure: { type: string; status: number; message?: string; times?: number }): void;
  recover(): void;
  close(): Promise<void>;
}

export interface StrictThing {
  attributes: Record<string, string>;
  thingTypeName: string | undefined;
  version: number;
  principals: Set<string>;
  /** How often it is still said to have principals. */
  lingering: number;
}

interface Asked {
  /** What stands in the path. */
  name: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
}

interface GroupChange {
  thingName?: string;
  thingGroupsToAdd?: string[];
  thingGroupsToRemove?: string[];
}

type Operation = (asked: Asked) => object;

class Failure extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, status: number, message = type) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

const PAGE = 3;
const ACCOUNT = 'arn:aws:iot:eu-west-1:123456789012';
const absent = (what: string): Failure => new Failure('ResourceNotFoundException', 404, `${what} not found`);
const taken = (what: string): Failure => new Failure('ResourceAlreadyExistsException', 409, `${what} exists`);
const invalid = (message: string): Failure => new Failure('InvalidRequestException', 400, message);

export async function startStrictIot(): Promise<StrictIot> {
  const asked: string[] = [];
  const failures = new Map<string, Required<Parameters<StrictIot['fail']>[1]>>();
  const things: StrictIot['things'] = new Map();
  const groups: StrictIot['groups'] = new Map();
  const policies: StrictIot['policies'] = new Map();
  const types = new Set<string>();
  const certificates = new Map<string, 'ACTIVE' | 'INACTIVE'>();
  const state = { indexed: false };

  const thing = (name: string): StrictThing => {
    const found = things.get(name);
    if (found === undefined) throw absent(`Thing ${name}`);
    return found;
  };
  const facts = (name: string) => {
    const { attributes, version, thingTypeName } = thing(name);
    return { thingName: name, thingArn: `${ACCOUNT}:thing/${name}`, attributes, version, thingTypeName };
  };
  const groupsOf = (name: string): string[] => [...groups].flatMap(([group, names]) => (names.has(name) ? group : []));
  const checked = (attributes: unknown): Record<string, string> => {
    const entries = Object.entries((attributes ?? {}) as Record<string, string>);
    for (const [key, value] of entries) {
      if (!/^[a-zA-Z0-9_.,@/:#-]{1,128}$/.test(key)) throw invalid(`Attribute name ${key} is not valid`);
      if (!/^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/.test(value)) throw invalid(`Attribute value ${value} is not valid`);
    }
    return Object.fromEntries(entries.filter(([, value]) => value !== ''));
  };
  const page = <T>(
    items: readonly T[],
    { query, body }: Pick<Asked, 'query' | 'body'>,
  ): { items: T[]; nextToken?: string } => {
    const from = Number(query.get('nextToken') ?? body.nextToken ?? 0);
    const next = from + PAGE;
    return { items: items.slice(from, next), ...(next < items.length && { nextToken: String(next) }) };
  };

  const operations: Record<string, [method: string, path: RegExp, Operation]> = {
    CreateThing: [
      'POST',
      /^\/things\/([^/]+)$/,
      ({ name, body }) => {
        if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(name)) throw invalid('The name is not valid');
        const thingTypeName = body.thingTypeName as string | undefined;
        if (thingTypeName !== undefined && !types.has(thingTypeName)) throw absent(`Thing type ${thingTypeName}`);
        if (things.has(name)) throw taken(`Thing ${name}`);
        const attributes = checked((body.attributePayload as { attributes?: unknown } | undefined)?.attributes);
        if (thingTypeName === undefined && Object.keys(attributes).length > 3) throw invalid('Too many attributes');
        things.set(name, { attributes, thingTypeName, version: 1, principals: new Set(), lingering: 0 });
        return facts(name);
      },
    ],
    DescribeThing: ['GET', /^\/things\/([^/]+)$/, ({ name }) => facts(name)],
    UpdateThing: [
      'PATCH',
      /^\/things\/([^/]+)$/,
      ({ name, body }) => {
        const found = thing(name);
        if (body.expectedVersion !== undefined && body.expectedVersion !== found.version) {
          throw new Failure('VersionConflictException', 409, 'The version is another');
        }
        found.attributes = checked((body.attributePayload as { attributes?: unknown }).attributes);
        found.version += 1;
        return {};
      },
    ],
    DeleteThing: [
      'DELETE',
      /^\/things\/([^/]+)$/,
      ({ name }) => {
        const found = thing(name);
        if (found.principals.size > 0 || found.lingering > 0) {
          found.lingering -= 1;
          throw invalid(`Cannot delete. Thing ${name} is still attached to one or more principals`);
        }
        things.delete(name);
        for (const names of groups.values()) names.delete(name);
        return {};
      },
    ],
    ListThings: [
      'GET',
      /^\/things()$/,
      (request) => {
        const { query } = request;
        const [type, attribute] = [query.get('thingTypeName'), query.get('attributeName')];
        const all = [...things.keys()].sort().map(facts);
        const matching = all.filter(
          ({ thingTypeName, attributes }) =>
            (type === null || thingTypeName === type) &&
            (attribute === null || attributes[attribute] === query.get('attributeValue')),
        );
        const { items, nextToken } = page(matching, request);
        return { things: items, nextToken };
      },
    ],
    CreateThingType: [
      'POST',
      /^\/thing-types\/([^/]+)$/,
      ({ name }) => {
        if (types.has(name)) throw taken(`Thing type ${name}`);
        types.add(name);
        return {};
      },
    ],
    ListThingGroups: [
      'GET',
      /^\/thing-groups()$/,
      (request) => {
        const { items, nextToken } = page([...groups.keys()], request);
        return { thingGroups: items.map((groupName) => ({ groupName })), nextToken };
      },
    ],
    UpdateThingGroupsForThing: [
      'PUT',
      /^\/thing-groups\/updateThingGroupsForThing()$/,
      ({ body }) => {
        const { thingName = '', thingGroupsToAdd = [], thingGroupsToRemove = [] } = body as GroupChange;
        thing(thingName);
        for (const group of thingGroupsToAdd) {
          const members = groups.get(group);
          if (members === undefined) throw absent(`Group ${group}`);
          members.add(thingName);
        }
        for (const group of thingGroupsToRemove) groups.get(group)?.delete(thingName);
        if (groupsOf(thingName).length > 10)
          throw new Failure('LimitExceededException', 410, 'A thing can be in 10 groups');
        return {};
      },
    ],
    CreateThingGroup: [
      'POST',
      /^\/thing-groups\/([^/]+)$/,
      ({ name }) => {
        if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(name)) throw invalid('The name is not valid');
        if (groups.has(name)) throw taken(`Group ${name}`);
        groups.set(name, new Set());
        return {};
      },
    ],
    ListThingsInThingGroup: [
      'GET',
      /^\/thing-groups\/([^/]+)\/things$/,
      (request) => {
        const { items, nextToken } = page([...(groups.get(request.name) ?? [])], request);
        return { things: items, nextToken };
      },
    ],
    ListThingGroupsForThing: [
      'GET',
      /^\/things\/([^/]+)\/thing-groups$/,
      ({ name }) => {
        thing(name);
        return { thingGroups: groupsOf(name).map((groupName) => ({ groupName })) };
      },
    ],
    ListThingPrincipals: [
      'GET',
      /^\/things\/([^/]+)\/principals$/,
      ({ name }) => ({ principals: [...thing(name).principals] }),
    ],
    AttachThingPrincipal: [
      'PUT',
      /^\/things\/([^/]+)\/principals$/,
      ({ name, headers }) => {
        thing(name).principals.add(String(headers['x-amzn-principal']));
        return {};
      },
    ],
    DetachThingPrincipal: [
      'DELETE',
      /^\/things\/([^/]+)\/principals$/,
      ({ name, headers }) => {
        thing(name).principals.delete(String(headers['x-amzn-principal']));
        thing(name).lingering = 2;
        return {};
      },
    ],
    CreateKeysAndCertificate: [
      'POST',
      /^\/keys-and-certificate()$/,
      () => {
        const certificateId = randomBytes(32).toString('hex');
        certificates.set(certificateId, 'ACTIVE');
        const PrivateKey = `-----BEGIN RSA PRIVATE KEY-----\n${randomUUID()}\n-----END RSA PRIVATE KEY-----\n`;
        const certificatePem = `-----BEGIN CERTIFICATE-----\n${certificateId}\n-----END CERTIFICATE-----\n`;
        return {
          certificateId,
          certificateArn: `${ACCOUNT}:cert/${certificateId}`,
          certificatePem,
          keyPair: { PrivateKey },
        };
      },
    ],
    UpdateCertificate: [
      'PUT',
      /^\/certificates\/([^/]+)$/,
      ({ name, query }) => {
        certificates.set(name, query.get('newStatus') === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE');
        return {};
      },
    ],
    DeleteCertificate: [
      'DELETE',
      /^\/certificates\/([^/]+)$/,
      ({ name }) => {
        const arn = `${ACCOUNT}:cert/${name}`;
        const isAttached = [...policies.values()].some(({ targets }) => targets.has(arn));
        if (isAttached) throw new Failure('DeleteConflictException', 409, 'A policy is attached');
        if (certificates.get(name) === 'ACTIVE') throw new Failure('CertificateStateException', 406, 'It is active');
        certificates.delete(name);
        return {};
      },
    ],
    CreatePolicy: [
      'POST',
      /^\/policies\/([^/]+)$/,
      ({ name, body }) => {
        if (!/^[\w+=,.@-]{1,128}$/.test(name)) throw invalid('The name is not valid');
        if (policies.has(name)) throw taken(`Policy ${name}`);
        policies.set(name, { document: String(body.policyDocument), targets: new Set() });
        return {};
      },
    ],
    DeletePolicy: [
      'DELETE',
      /^\/policies\/([^/]+)$/,
      ({ name }) => {
        const policy = policies.get(name);
        if (policy === undefined) throw absent(`Policy ${name}`);
        if (policy.targets.size > 0) throw new Failure('DeleteConflictException', 409, 'It is attached');
        policies.delete(name);
        return {};
      },
    ],
    AttachPolicy: [
      'PUT',
      /^\/target-policies\/([^/]+)$/,
      ({ name, body }) => {
        policies.get(name)?.targets.add(String(body.target));
        return {};
      },
    ],
    DetachPolicy: [
      'POST',
      /^\/target-policies\/([^/]+)$/,
      ({ name, body }) => {
        policies.get(name)?.targets.delete(String(body.target));
        return {};
      },
    ],
    ListAttachedPolicies: [
      'POST',
      /^\/attached-policies\/(.+)$/,
      ({ name }) => ({
        policies: [...policies].flatMap(([policyName, { targets }]) => (targets.has(name) ? { policyName } : [])),
      }),
    ],
    DescribeEndpoint: ['GET', /^\/endpoint()$/, () => ({ endpointAddress: 'a1b2c3-ats.iot.eu-west-1.amazonaws.com' })],
    GetIndexingConfiguration: [
      'GET',
      /^\/indexing\/config()$/,
      () => ({
        thingIndexingConfiguration: { thingIndexingMode: state.indexed ? 'REGISTRY' : 'OFF' },
      }),
    ],
    SearchIndex: [
      'POST',
      /^\/indices\/search()$/,
      (request) => {
        const { items, nextToken } = page([...things.keys()].sort(), request);
        return { things: items.map((name) => ({ ...facts(name), thingGroupNames: groupsOf(name) })), nextToken };
      },
    ],
  };

  function answer(request: IncomingMessage, body: Record<string, unknown>): object {
    const url = new URL(request.url ?? '/', 'http://x');
    for (const [operation, [method, path, run]] of Object.entries(operations)) {
      const match = method === request.method ? path.exec(url.pathname) : null;
      if (match === null) continue;
      asked.push(operation);
      const failure = failures.get(operation) ?? failures.get('*');
      if (failure !== undefined && failure.times > 0) {
        failure.times -= 1;
        throw new Failure(failure.type, failure.status, failure.message);
      }
      return run({ name: decodeURIComponent(match[1] ?? ''), query: url.searchParams, body, headers: request.headers });
    }
    throw new Failure('UnknownOperationException', 404, `${request.method} ${url.pathname}`);
  }

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      try {
        response.end(JSON.stringify(answer(request, text === '' ? {} : JSON.parse(text))));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        response.writeHead(error.status, { 'x-amzn-errortype': error.type });
        response.end(JSON.stringify({ message: error.message }));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    things,
    groups,
    policies,
    get indexed() {
      return state.indexed;
    },
    set indexed(on) {
      state.indexed = on;
    },
    fail(operation, { type, status, message = type, times = Number.POSITIVE_INFINITY }) {
      failures.set(operation, { type, status, message, times });
    },
    recover: () => failures.clear(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
