import type { Command } from '@cpo-console/shared/api/commands.ts';
import { expect, it } from 'vitest';
import { answerFacts } from './answer-facts.ts';

const answered = (action: string, response: unknown) =>
  answerFacts({ action, status: 'answered', response } as Command);

it.each([
  ['GetConfiguration', { configurationKey: [{}, {}], unknownKey: ['A', 'B'] }, ['keys 2', 'unknownKeys 2 A, B']],
  ['GetConfiguration', { configurationKey: [{ key: 'A', value: '1' }] }, ['keys 1', 'values A = 1']],
  [
    'GetVariables',
    {
      getVariableResult: ['A', 'B', 'C', 'D'].map((name) => ({ variable: { name }, attributeValue: '1' })),
    },
    ['values A = 1, B = 1, C = 1, …'],
  ],
  ['GetVariables', { getVariableResult: [{ variable: { name: 'A' }, attributeStatus: 'UnknownVariable' }] }, []],
  ['GetLocalListVersion', { listVersion: -1 }, ['noLists']],
  ['GetLocalListVersion', { versionNumber: 0 }, ['noList']],
  ['GetLocalListVersion', { versionNumber: 7 }, ['listVersion 7']],
  ['GetDiagnostics', { fileName: 'a.log' }, ['file a.log']],
  ['GetDiagnostics', {}, ['noFile']],
  ['GetLog', { status: 'Accepted', filename: 'b.log' }, ['file b.log']],
  ['UpdateFirmware', {}, ['taken']],
  ['GetCompositeSchedule', { status: 'Accepted', schedule: { chargingSchedulePeriod: [{}, {}, {}] } }, ['periods 3']],
  ['GetCompositeSchedule', { status: 'Accepted', chargingSchedule: { chargingSchedulePeriod: [{}] } }, ['periods 1']],
  ['GetBaseReport', { status: 'Accepted' }, ['reportFollows']],
  ['GetBaseReport', { status: 'Rejected', statusInfo: { reasonCode: 'Busy' } }, ['reason Busy']],
  ['GetTransactionStatus', { ongoingIndicator: false, messagesInQueue: true }, ['ended', 'messagesWait']],
  ['GetTransactionStatus', { messagesInQueue: false }, ['noMessagesWait']],
  ['DataTransfer', { status: 'Accepted', data: 'x' }, ['data x']],
  ['GetInstalledCertificateIds', { status: 'Accepted', certificateHashData: [{}] }, ['certificates 1']],
  ['Reset', { status: 'Accepted' }, []],
  ['Reset', null, []],
])('%s %j tells %j', (action, response, told) => {
  const facts = answered(action, response).map(({ key, count, text }) => [key, count, text || undefined]);
  expect(facts.map((fact) => fact.filter((part) => part !== undefined).join(' '))).toEqual(told);
});

it('what was not answered tells nothing', () => {
  expect(answerFacts({ action: 'UpdateFirmware', status: 'timeout' } as Command)).toEqual([]);
});
