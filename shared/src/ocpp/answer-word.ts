import { listOf, membersOf, textOf } from '../projection/read-payload.ts';

const RESULT_LIST = /Result$/;
const ACCEPTING = /^(Accepted|AcceptedCanceled|RebootRequired|Scheduled|Unlocked|Unpublished)( ×\d+)?$/;

/**
 * The word that a charge point answers with: its `status`, or those of a list of results, how often each (`Accepted ×2,
 * Rejected`). null where the answer has none.
 */
export function answerWord(response: unknown): string | null {
  const members = membersOf(response);
  const status = textOf(members.status);
  if (status !== null) return status;
  const list = Object.entries(members).find(([name, value]) => RESULT_LIST.test(name) && Array.isArray(value));
  const counts = new Map<string, number>();
  for (const result of listOf(list?.[1])) {
    const { attributeStatus, status: own } = membersOf(result);
    const word = textOf(attributeStatus) ?? textOf(own);
    if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  return [...counts].map(([word, count]) => (count === 1 ? word : `${word} ×${count}`)).join(', ');
}

/** Whether such a word, or each of several, says that it does what it was asked for. */
export const isAccepting = (word: string): boolean => word.split(', ').every((each) => ACCEPTING.test(each));
