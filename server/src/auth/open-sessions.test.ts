import type { OpenSession } from '@cpo-console/shared/api/sign-in.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bearer, HOUR, SAME_ORIGIN, type SignInServer, sessionOf, startSignIn } from './testing/start-sign-in.ts';

const URL = '/api/v1/open-sessions';
type Cookies = Record<string, string>;
let on: SignInServer;
beforeEach(async () => {
  on = await startSignIn();
});
afterEach(() => on.stop());

const list = async (cookies: Cookies): Promise<OpenSession[]> =>
  (await on.app.inject({ url: URL, cookies })).json().items;
const end = async (id: string, cookies: Cookies) =>
  (await on.app.inject({ method: 'DELETE', url: `${URL}/${id}`, cookies, headers: SAME_ORIGIN })).statusCode;

/** Signed in as somebody with Ada's password. */
async function signInAs(name: string, role: string): Promise<Cookies> {
  const ada = await on.database.query.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  const user = { ...ada, id: name, name, name_key: name.toLowerCase(), role };
  await on.database.write(on.database.query.insertInto('users').values(user).compile());
  return sessionOf(await on.signIn(undefined, name));
}

test('who is signed in twice sees both, and what is ended lets nobody in any more', async () => {
  const here = sessionOf(await on.setup());
  on.clock.time += 1_000;
  const there = sessionOf(await on.signIn());
  const open = await list(here);
  expect(open.map(({ user, current }) => [user.name, current])).toEqual([
    ['Ada', false],
    ['Ada', true],
  ]);
  expect(JSON.stringify(open)).not.toContain(there.session);
  expect(await end(open[0]?.id ?? '', here)).toBe(204);
  expect((await on.whoAmI(there)).statusCode).toBe(401);
  expect((await on.whoAmI(here)).statusCode).toBe(200);
  expect(await list(here)).toHaveLength(1);
  expect(await end(open[0]?.id ?? '', here)).toBe(404);
});

test('an administrator sees and ends everybody’s, others their own only', async () => {
  const ada = sessionOf(await on.setup());
  const bob = await signInAs('Bob', 'operator');
  const [adas] = (await list(ada)).filter(({ user }) => user.name === 'Ada');
  const [bobs] = await list(bob);
  expect((await list(bob)).map(({ user }) => user.name)).toEqual(['Bob']);
  expect(await end(adas?.id ?? '', bob)).toBe(404);
  expect((await on.whoAmI(ada)).statusCode).toBe(200);
  expect(await end(bobs?.id ?? '', ada)).toBe(204);
  expect((await on.whoAmI(bob)).statusCode).toBe(401);
});

test('one that is over is not shown, its id is no way in, and a token of a viewer sees none', async () => {
  const ada = sessionOf(await on.setup());
  const [open] = await list(ada);
  expect((await on.whoAmI({ session: open?.id ?? '' })).statusCode).toBe(401);
  const asViewer = bearer(await on.tokenFor('viewer'));
  expect((await on.app.inject({ url: URL, headers: asViewer })).json().items).toEqual([]);
  on.clock.time += 13 * HOUR;
  const again = sessionOf(await on.signIn());
  expect(await list(again)).toHaveLength(1);
});
