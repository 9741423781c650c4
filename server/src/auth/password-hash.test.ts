import { expect, test } from 'vitest';
import { createPasswordHasher, TooBusyError } from './password-hash.ts';

test('a password matches its own hash only, at the real cost', async () => {
  const hasher = createPasswordHasher();
  const stored = await hasher.hash('pässword one');
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await hasher.matches('pässword one'.normalize('NFD'), stored)).toBe(true);
  expect(await hasher.matches('pässword two', stored)).toBe(false);
  expect(await hasher.matches('pässword one', null)).toBe(false);
  expect(await hasher.hash('pässword one')).not.toBe(stored);
});

test('hashes of another cost still match', async () => {
  const stored = await createPasswordHasher({ N: 16, r: 8, p: 1 }).hash('a password');
  expect(await createPasswordHasher({ N: 32, r: 8, p: 1 }).matches('a password', stored)).toBe(true);
});

test('a flood of sign-ins is turned away before it takes all threads', async () => {
  const hasher = createPasswordHasher({ N: 1024, r: 8, p: 1 });
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => hasher.hash('a password')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(50 - 2 - 32);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(TooBusyError);
  expect(await hasher.hash('a password')).toMatch(/^scrypt/);
});
