import type { Command } from '@cpo-console/shared/api/commands.ts';
import { at, isRecord, textAt } from './json.ts';

/** What an answer tells beside its word: a text of `answer.*` and what goes into it. */
interface AnswerFact {
  key:
    | 'keys'
    | 'unknownKeys'
    | 'listVersion'
    | 'noList'
    | 'noLists'
    | 'file'
    | 'noFile'
    | 'periods'
    | 'certificates'
    | 'tariffs'
    | 'streams'
    | 'data'
    | 'goesOn'
    | 'ended'
    | 'messagesWait'
    | 'noMessagesWait'
    | 'reportFollows'
    | 'taken'
    | 'reason'
    | 'values';
  count?: number;
  text?: string;
}

/** The charge point sends what it was asked for in messages of its own. */
const REPORTED = new Set([
  'CustomerInformation',
  'GetBaseReport',
  'GetChargingProfiles',
  'GetDERControl',
  'GetDisplayMessages',
  'GetMonitoringReport',
  'GetReport',
]);

const COUNTED = [
  ['configurationKey', 'keys'],
  ['unknownKey', 'unknownKeys'],
  ['certificateHashData', 'certificates'],
  ['certificateHashDataChain', 'certificates'],
  ['tariffAssignments', 'tariffs'],
  ['constantStreamData', 'streams'],
] as const;

/** In plain words what the charge point answered: "Composite schedule: 3 periods", "Local list: version 7". */
export function answerFacts({ action, status, response }: Command): AnswerFact[] {
  if (status !== 'answered') return [];
  const facts: AnswerFact[] = [];
  for (const [member, key] of COUNTED) {
    const list = at(response, member);
    if (Array.isArray(list) && list.length > 0)
      facts.push({ key, count: list.length, text: list.filter(isText).join(', ') });
  }
  facts.push(...valueFacts(response));
  const periods = at(at(response, 'schedule') ?? at(response, 'chargingSchedule'), 'chargingSchedulePeriod');
  if (Array.isArray(periods)) facts.push({ key: 'periods', count: periods.length });
  facts.push(...listFacts(response), ...fileFacts(action, response), ...transactionFacts(action, response));
  if (textAt(response, 'data') !== null) facts.push({ key: 'data', text: textAt(response, 'data') ?? '' });
  if (REPORTED.has(action) && at(response, 'status') === 'Accepted') facts.push({ key: 'reportFollows' });
  const reason = [textAt(response, 'statusInfo', 'reasonCode'), textAt(response, 'statusInfo', 'additionalInfo')];
  if (reason[0] !== null) facts.push({ key: 'reason', text: reason.filter(isText).join(': ') });
  if (facts.length === 0 && isRecord(response) && Object.keys(response).length === 0) facts.push({ key: 'taken' });
  return facts;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const MAX_VALUES = 3;

/** The first variables or keys that it read, with their values. */
function valueFacts(response: unknown): AnswerFact[] {
  const read = at(response, 'getVariableResult') ?? at(response, 'configurationKey');
  if (!Array.isArray(read)) return [];
  const told = read.flatMap((each) => {
    const name = textAt(each, 'variable', 'name') ?? textAt(each, 'key');
    const value = textAt(each, 'attributeValue') ?? textAt(each, 'value');
    return name === null || value === null ? [] : [`${name} = ${value}`];
  });
  if (told.length === 0) return [];
  return [{ key: 'values', text: told.slice(0, MAX_VALUES).join(', ') + (told.length > MAX_VALUES ? ', …' : '') }];
}

/** @see OCPP 1.6 §5.10: -1 means that it has no local lists, 0 that its list is empty */
function listFacts(response: unknown): AnswerFact[] {
  const version = at(response, 'listVersion') ?? at(response, 'versionNumber');
  if (typeof version !== 'number') return [];
  if (version < 0) return [{ key: 'noLists' }];
  return [version === 0 ? { key: 'noList' } : { key: 'listVersion', text: String(version) }];
}

function fileFacts(action: string, response: unknown): AnswerFact[] {
  const file = textAt(response, 'fileName') ?? textAt(response, 'filename');
  if (file) return [{ key: 'file', text: file }];
  return action === 'GetDiagnostics' ? [{ key: 'noFile' }] : [];
}

/** @see OCPP 2.0.1 part 2, E14 */
function transactionFacts(action: string, response: unknown): AnswerFact[] {
  if (action !== 'GetTransactionStatus') return [];
  const ongoing = at(response, 'ongoingIndicator');
  return [
    ...(typeof ongoing === 'boolean' ? [{ key: ongoing ? ('goesOn' as const) : ('ended' as const) }] : []),
    { key: at(response, 'messagesInQueue') === true ? 'messagesWait' : 'noMessagesWait' },
  ];
}
