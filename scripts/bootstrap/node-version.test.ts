import { describe, expect, it } from 'vitest';
import { isNewEnough } from './node-version.mjs';

describe('the version of Node.js', () => {
  it.each(['v22.19.0', 'v22.20.1', 'v24.0.0', 'v25.1.0'])('%s will do', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });
  it.each(['v18.20.0', 'v20.20.2', 'v22.18.9', 'v23.11.0'])('%s is too old', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});
