import { isDeepStrictEqual } from 'node:util';
import type { SecurityProfile } from '@cpo-console/shared/api/things.ts';
import type { Database } from '../../database/database.ts';
import { admitByCertificate, type ClientCertificate } from '../client-certificate.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import { makePassword, type PasswordRecord, passwordMatches, recordPassword } from '../machine-password.ts';
import type { Admission, NewThing, RegisteredThing, Registry, ThingChanges } from '../registry.ts';
import { loadThings, type OfferedPassword, type StoredThing, toRow } from './thing-rows.ts';

export interface EmbeddedRegistryOptions {
  database: Database;
  /** Kept outside the database. */
  secretKey: Buffer;
  unauthenticatedThings: 'allow' | 'deny';
  now: () => number;
}

/** More than that are not kept: who is told so many passwords answers none of them. */
const MAX_OFFERED = 4;

/** What its way to sign in asks for anyway need not be kept. */
const FREE_PROFILE = 1;

type Change = Parameters<Parameters<Registry['onChange']>[0]>[0];

/** Things in our own database. All of them are in memory as well, so that a handshake waits for no disk. */
export async function createEmbeddedRegistry(options: EmbeddedRegistryOptions): Promise<Registry> {
  const { database, secretKey, now } = options;
  const { query } = database;
  const things = await loadThings(query);
  const listeners = new Set<(change: Change) => void>();
  const oneAtATime = createKeyedQueue();
  let sorted: readonly RegisteredThing[] | null = null;

  function changed(change: Change): void {
    sorted = null;
    for (const listener of listeners) listener(change);
  }

  /** Memory follows the disk, never the other way round. */
  async function replace(stored: StoredThing): Promise<void> {
    const { thingName } = stored.thing;
    await database.write(query.updateTable('things').set(toRow(stored)).where('thing_name', '=', thingName).compile());
    things.set(thingName, stored);
    changed({ thingName, kind: 'updated' });
  }

  async function create({ sandbox = false, ...request }: NewThing) {
    const { thingName, attributes, tags, authType } = request;
    if (things.has(thingName)) return null;
    const password = authType === 'basic' ? makePassword() : null;
    const thing = frozen({
      thingName,
      attributes,
      tags,
      authType,
      sandbox,
      createdAt: now(),
      passwordOfferedAt: null,
      securityProfile: null,
    });
    const record = password === null ? null : recordPassword(secretKey, Buffer.from(password));
    const stored = { thing, password: record, offered: [] };
    await database.write(query.insertInto('things').values(toRow(stored)).compile());
    things.set(thingName, stored);
    changed({ thingName, kind: 'created' });
    return { thing, password };
  }

  async function update(thingName: string, changes: ThingChanges) {
    const stored = things.get(thingName);
    if (stored === undefined) return null;
    const { thing: before } = stored;
    const { attributes = before.attributes, tags = before.tags, sandbox = before.sandbox } = changes;
    const { authType = before.authType } = changes;
    // Who makes it sign in another way means it.
    const securityProfile = authType === before.authType ? before.securityProfile : null;
    const thing = frozen({ ...before, attributes, tags, sandbox, authType, securityProfile });
    await replace({ ...stored, thing });
    return thing;
  }

  async function renewCredentials(thingName: string) {
    const stored = things.get(thingName);
    if (stored?.thing.authType !== 'basic') return null;
    const password = makePassword();
    await replace(withPasswords(stored, recordPassword(secretKey, Buffer.from(password)), []));
    return { password };
  }

  async function adoptPassword(thingName: string, password: Buffer) {
    const stored = things.get(thingName);
    if (stored?.thing.authType !== 'basic' || password.length === 0) return false;
    const offer = stored.offered.find(isOf(password));
    if (offer !== undefined) await promote(thingName, offer);
    // It may have come with it already.
    else if (!passwordMatches(secretKey, stored.password, password))
      await replace(withPasswords(stored, recordPassword(secretKey, password), []));
    return true;
  }

  const isOf = (password: Buffer) => (record: PasswordRecord) => passwordMatches(secretKey, record, password);

  async function offerPassword(thingName: string, password: Buffer) {
    const stored = things.get(thingName);
    if (stored?.thing.authType !== 'basic' || password.length === 0) return false;
    const isSame = isOf(password);
    const others = stored.offered.filter((offer) => !isSame(offer));
    const offer = { ...recordPassword(secretKey, password), at: now() };
    await replace(withPasswords(stored, stored.password, [...others, offer].slice(-MAX_OFFERED)));
    return true;
  }

  async function withdrawPassword(thingName: string, password: Buffer | null) {
    const stored = things.get(thingName);
    if (stored === undefined) return false;
    const isSame = password === null ? () => true : isOf(password);
    const left = stored.offered.filter((offer) => !isSame(offer));
    if (left.length === stored.offered.length) return false;
    await replace(withPasswords(stored, stored.password, left));
    return true;
  }

  /** It uses one that it was offered. What it was offered since, it may still come to use. */
  async function promote(thingName: string, used: PasswordRecord) {
    const stored = things.get(thingName);
    const index = stored?.offered.findIndex(({ digest }) => digest.equals(used.digest)) ?? -1;
    if (stored === undefined || index < 0) return;
    await replace(withPasswords(stored, used, stored.offered.slice(index + 1)));
  }

  function cameWith(thingName: string, offer: OfferedPassword): void {
    // What can't be stored now is offered still, and comes again with the next handshake.
    void oneAtATime(thingName, () => promote(thingName, offer)).catch(() => undefined);
  }

  async function reachProfile(thingName: string, profile: SecurityProfile) {
    const stored = things.get(thingName);
    if (stored === undefined || profile <= (stored.thing.securityProfile ?? FREE_PROFILE)) return;
    await replace({ ...stored, thing: frozen({ ...stored.thing, securityProfile: profile }) });
  }

  async function forgetProfile(thingName: string) {
    const stored = things.get(thingName);
    if (stored === undefined || stored.thing.securityProfile === null) return false;
    await replace({ ...stored, thing: frozen({ ...stored.thing, securityProfile: null }) });
    return true;
  }

  async function remove(thingName: string) {
    if (!things.has(thingName)) return false;
    await database.write(query.deleteFrom('things').where('thing_name', '=', thingName).compile());
    things.delete(thingName);
    changed({ thingName, kind: 'removed' });
    return true;
  }

  function takeAnew(read: ReadonlyMap<string, StoredThing>): void {
    for (const [thingName, stored] of read) {
      const before = things.get(thingName);
      things.set(thingName, stored);
      if (before === undefined) changed({ thingName, kind: 'created' });
      else if (!isDeepStrictEqual(before, stored)) changed({ thingName, kind: 'updated' });
    }
    for (const thingName of [...things.keys()].filter((name) => !read.has(name))) {
      things.delete(thingName);
      changed({ thingName, kind: 'removed' });
    }
  }
  database.follow('things', () => loadThings(query), takeAnew);

  return {
    issuesCertificates: false,
    lookUp: async (thingName) => (things.has(thingName) ? 'known' : 'unknown'),
    trouble: () => null,
    admit: (thingName, basic, certificate = null) =>
      admit(options, { thingName, stored: things.get(thingName), basic, certificate, cameWith }),
    get: (thingName) => things.get(thingName)?.thing ?? null,
    list() {
      sorted ??= Array.from(things.values(), ({ thing }) => thing).sort((a, b) => (a.thingName < b.thingName ? -1 : 1));
      return sorted;
    },
    create: (thing) => oneAtATime(thing.thingName, () => create(thing)),
    update: (thingName, changes) => oneAtATime(thingName, () => update(thingName, changes)),
    renewCredentials: (thingName) => oneAtATime(thingName, () => renewCredentials(thingName)),
    offerPassword: (thingName, password) => oneAtATime(thingName, () => offerPassword(thingName, password)),
    adoptPassword: (thingName, password) => oneAtATime(thingName, () => adoptPassword(thingName, password)),
    withdrawPassword: (thingName, password) => oneAtATime(thingName, () => withdrawPassword(thingName, password)),
    reachProfile: (thingName, profile) => oneAtATime(thingName, () => reachProfile(thingName, profile)),
    forgetProfile: (thingName) => oneAtATime(thingName, () => forgetProfile(thingName)),
    remove: (thingName) => oneAtATime(thingName, () => remove(thingName)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface Attempt {
  thingName: string;
  stored: StoredThing | undefined;
  basic: { userName: string; password: Buffer } | null;
  certificate: ClientCertificate | null;
  cameWith(thingName: string, offer: OfferedPassword): void;
}

function admit(options: EmbeddedRegistryOptions, attempt: Attempt): Admission {
  const { thingName, stored, basic, certificate } = attempt;
  const { secretKey } = options;
  const record: PasswordRecord | null = stored?.password ?? null;
  // Checked for everybody who offers one, so that the time taken does not tell who is registered.
  const matches = basic !== null && passwordMatches(secretKey, record, basic.password);
  if (stored === undefined) return { admitted: false, reason: 'not-registered' };
  const { thing } = stored;
  switch (thing.authType) {
    case 'none':
      if (options.unauthenticatedThings === 'allow') return { admitted: true, thing, credential: null };
      return { admitted: false, reason: 'unauthenticated-not-allowed' };
    case 'certificate':
      return admitByCertificate(thing, certificate);
    case 'basic':
      if (basic === null) return { admitted: false, reason: 'credentials-missing' };
      // The user name is the identity: security profile 1 of OCPP 2.x part 2 and of the 1.6 security extension.
      if (basic.userName !== thingName) return { admitted: false, reason: 'bad-credentials' };
      if (matches) return { admitted: true, thing, credential: record };
      for (const offer of stored.offered) {
        if (!passwordMatches(secretKey, offer, basic.password)) continue;
        attempt.cameWith(thingName, offer);
        return { admitted: true, thing, credential: offer };
      }
      return { admitted: false, reason: 'bad-credentials' };
  }
}

function withPasswords(
  stored: StoredThing,
  password: PasswordRecord | null,
  offered: readonly OfferedPassword[],
): StoredThing {
  const thing = frozen({ ...stored.thing, passwordOfferedAt: offered[0]?.at ?? null });
  return { thing, password, offered };
}

function frozen(thing: RegisteredThing): RegisteredThing {
  return Object.freeze({
    ...thing,
    attributes: Object.freeze({ ...thing.attributes }),
    tags: Object.freeze([...thing.tags]) as string[],
  });
}
