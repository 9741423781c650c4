import { expect, it } from 'vitest';
import { readCommandLine } from './options.ts';

const read = (line: string) => readCommandLine(line.split(' ').filter(Boolean));

it('needs a log and a sandbox, and waits for nothing but answers unless told', () => {
  expect(read('log.jsonl --cp-id S1')).toEqual({
    kind: 'run',
    commandLine: {
      file: 'log.jsonl',
      url: 'ws://localhost:8080/ocpp',
      id: 'S1',
      password: null,
      speed: 'max',
      protocol: null,
      from: null,
      vouched: false,
    },
  });
  expect(read('log.jsonl --cp-id S1 --speed 10 --vouch S1')).toMatchObject({
    commandLine: { speed: 10, vouched: true },
  });
});

it.each([
  ['--cp-id S1', 'log file'],
  ['a b --cp-id S1', 'log file'],
  ['log', '--cp-id'],
  ['log --cp-id S1 --speed fast', '--speed'],
  ['log --cp-id S1 --speed 0', '--speed'],
  ['log --cp-id S1 --url http://x', '--url'],
  ['log --cp-id S1 --protocol ocpp9', '--protocol'],
  ['log --cp-id S1 --vouch S2', '--vouch'],
  ['log --cp-id S1 --nonsense', '--nonsense'],
])('%s: names the mistake', (line, named) => {
  const result = read(line);
  expect(result).toMatchObject({ kind: 'bad', reason: expect.stringContaining(named) });
});
