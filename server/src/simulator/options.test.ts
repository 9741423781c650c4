import { describe, expect, it } from 'vitest';
import { frameLine } from './frame-line.ts';
import { readOptions } from './options.ts';
import { memberId } from './swarm.ts';

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readOptions([])).toMatchObject({
      kind: 'run',
      options: { url: 'ws://localhost:8080/ocpp', id: 'CP1', protocol: 'ocpp2.0.1', scenario: 'idle', count: 1 },
    });
  });

  it('takes the hardware from its four options', () => {
    const args = ['--cp-vendor', 'V', '--cp-model', 'M', '--cp-version', '1', '--cp-serial', 'S'];
    expect(readOptions(args)).toMatchObject({
      options: { hardware: { vendor: 'V', model: 'M', firmwareVersion: '1', serialNumber: 'S' } },
    });
  });

  it.each([
    [['--url', 'http://x/'], '--url'],
    [['--protocol', 'ocpp1.5'], '--protocol'],
    [['--scenario', 'party'], '--scenario'],
    [['--count', '0'], '--count'],
    [['--duration', 'soon'], '--duration'],
    [['--nonsense'], '--nonsense'],
  ])('names what is wrong in %j', (args, named) => {
    expect(readOptions(args)).toEqual({ kind: 'bad', reason: expect.stringContaining(named) });
  });
});

describe('a printed frame', () => {
  it('stays one line and cannot move the cursor or turn the text around', () => {
    const line = frameLine({ direction: 'received', text: '[2,\n"\u001b[2J","\u202e"]', at: 0 });
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.000 ← /);
    expect(line.slice(15)).toBe('[2,\\u{000a}"\\u{001b}[2J","\\u{202e}"]');
  });
});

it('members of a swarm are numbered', () => {
  expect(memberId('CP', 7)).toBe('CP-0007');
});
