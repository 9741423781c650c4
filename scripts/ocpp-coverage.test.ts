import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EFFECTS } from '../server/src/csms/effects.ts';
import { ACTIONS, isAction } from '../shared/src/ocpp/actions.ts';
import { OCPP_VERSIONS } from '../shared/src/ocpp-j/frame.ts';
import { coverage, coverageText, withoutEffect } from './ocpp-coverage.ts';

const file = readFileSync(join(import.meta.dirname, '../docs/reference/ocpp-coverage.md'), 'utf8');

test.each([
  ['ocpp1.6', 39, 14, 26],
  ['ocpp2.0.1', 64, 25, 40],
  ['ocpp2.1', 91, 37, 55],
] as const)('%s: the table has its %i actions, %i from the charge point and %i to it', (version, all, asked, sent) => {
  const ofVersion = coverage().filter(({ handled }) => handled[version] !== undefined);
  const count = (direction: string): number => ofVersion.filter((covered) => covered.direction === direction).length;
  expect(new Set(ofVersion.map(({ action }) => action)).size).toBe(all);
  expect(Object.keys(ACTIONS[version])).toHaveLength(all);
  expect([count('from the charge point'), count('to the charge point')]).toEqual([asked, sent]);
  expect(file).toContain(`OCPP ${version.slice(4)}: ${all} actions;`);
});

test('what is served says what is stored and where it is shown, and the file is up to date', () => {
  expect(withoutEffect()).toEqual([]);
  expect(coverageText()).toBe(file);
});

test('effects are of actions that exist', () => {
  const unknown = [...EFFECTS.keys()].filter((action) => !OCPP_VERSIONS.some((version) => isAction(version, action)));
  expect(unknown).toEqual([]);
});
