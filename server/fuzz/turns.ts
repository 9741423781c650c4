import { encodeCall, encodeSend } from '@cpo-console/shared/ocpp-j/encode-frame.ts';
import { ERROR_CODE_SPELLINGS } from '@cpo-console/shared/ocpp-j/error-codes.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type Expected, expectedOf } from './expected.ts';
import type { Line } from './line.ts';
import { mutateText } from './mutate-text.ts';
import type { Random } from './random.ts';
import type { Kind } from './tally.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wireFault } from './wire-faults.ts';

export interface FuzzedChargePoint {
  thingName: string;
  version: OcppVersion;
  port: number;
  random: Random;
  vocabulary: Vocabulary;
  /** Has the CSMS send a command. @returns what it says of it in the end */
  command(thingName: string, command: { action: string; payload: object }): Promise<string>;
}

interface Place {
  chargePoint: FuzzedChargePoint;
  line: Line;
  /** How many frames the charge point has sent before. */
  frame: number;
}

/** What was said, what came of it, and what should not have come. */
export interface Turn {
  said: string;
  frames: number;
  outcome: string;
  wrong: string | null;
  /** Nothing can be said on this connection any more. */
  isLast?: boolean;
}

export const TURNS: Record<Kind, (place: Place) => Promise<Turn>> = {
  payload: payloadTurn,
  text: textTurn,
  answer: answerTurn,
  send: sendTurn,
  burst: burstTurn,
  bytes: bytesTurn,
};

const MAX_BURST = 12;
/** Of our CALLs that were refused before they reached the charge point. */
const REFUSED = /^refused: 4\d\d$/;

type Heard = readonly unknown[];

/** A valid CALL whose payload is odd. */
async function payloadTurn({ chargePoint, line, frame }: Place): Promise<Turn> {
  const { action, payload } = chargePoint.vocabulary.call(chargePoint.random);
  const said = encodeCall(`${frame}`, action, payload);
  const expected = expectedOf(said, chargePoint.version);
  if (expected.kind !== 'answer') return judged({ line, said, expected }, await probe(line, said, frame));
  line.say(said);
  const came = await line.wait(() => line.heard.length > 0);
  return judged({ line, said, expected }, came);
}

/** A CALL whose text is broken. */
async function textTurn({ chargePoint, line, frame }: Place): Promise<Turn> {
  const { random, vocabulary, version } = chargePoint;
  const { action, payload } = vocabulary.call(random);
  // Now and then with the id of the one before.
  const messageId = random.chance(0.1) && frame > 0 ? `${frame - 1}` : `${frame}`;
  const said = mutateText(encodeCall(messageId, action, payload), random);
  return judged({ line, said, expected: expectedOf(said, version) }, await probe(line, said, frame));
}

/** What is never answered, whatever it says. */
async function sendTurn(place: Place): Promise<Turn> {
  const { chargePoint, line, frame } = place;
  const send = chargePoint.vocabulary.send(chargePoint.random);
  if (send === null) return textTurn(place);
  const said = encodeSend(`${frame}`, send.action, send.payload);
  return judged({ line, said, expected: expectedOf(said, chargePoint.version) }, await probe(line, said, frame));
}

/** CALLs that do not wait for the answers to those before. */
async function burstTurn({ chargePoint, line, frame }: Place): Promise<Turn> {
  const { random, vocabulary, version } = chargePoint;
  const texts = Array.from({ length: 2 + random.below(MAX_BURST - 1) }, (_, n) => {
    const { action, payload } = vocabulary.call(random);
    return encodeCall(`${frame}-${n}`, action, payload);
  }).filter((text) => expectedOf(text, version).kind === 'answer');
  for (const text of texts) line.say(text);
  const came = await line.wait(() => line.heard.length >= texts.length);
  const answers = take(line);
  const isEach = answers.length === texts.length && new Set(answers.map(([, id]) => id)).size === texts.length;
  const wrong = isEach ? wrongAnswer(answers) : `${texts.length} CALLs at once: ${came}, ${JSON.stringify(answers)}`;
  return { said: texts.join('\n'), frames: texts.length, outcome: came === 'so' ? 'answered' : came, wrong };
}

/** An odd answer to a command of ours. */
async function answerTurn({ chargePoint, line, frame }: Place): Promise<Turn> {
  const { random, vocabulary, version } = chargePoint;
  const command = vocabulary.command(random);
  const { call, ended } = await ordered(chargePoint, { line, command, frame });
  if (call === undefined) {
    const status = await ended;
    const wrong = REFUSED.test(status) ? null : `The command ended as ${status} without a CALL`;
    line.forget();
    return { said: JSON.stringify(command), frames: 1, outcome: `command ${status}`, wrong };
  }
  const messageId = String(call[1]);
  const answer = JSON.stringify([3, messageId, vocabulary.answer(command.action, random)]);
  const said = random.chance(0.5) ? answer : mutateText(answer, random);
  line.say(said);
  // Whatever was made of that, this ends the command.
  line.say(JSON.stringify([4, messageId, 'GenericError', '', {}]));
  const status = await ended;
  const came = await probe(line, null, frame);
  const others = take(line).filter((heard) => heard !== call && !isProbe(heard));
  const isEnded = status === 'answered' || status === 'error' || expectedOf(said, version).kind === 'end';
  const isQuiet = others.length <= 1 && others.every(([type]) => type === 4 || type === 5);
  const wrong =
    isEnded && isQuiet && came !== 'silence' ? null : `Ended as ${status}; ${came}, ${JSON.stringify(others)}`;
  return { said: `${JSON.stringify(call)}\n${said}`, frames: 1, outcome: `command ${status}`, wrong };
}

/** @returns the CALL, once it has come; none, when the command has ended without one */
async function ordered(
  { thingName, command: send }: FuzzedChargePoint,
  { line, command, frame }: { line: Line; command: { action: string; payload: object }; frame: number },
): Promise<{ call: Heard | undefined; ended: Promise<string> }> {
  const call = (): Heard | undefined => line.heard.find(([type]) => type === 2);
  let isOver = false;
  const ended = send(thingName, command).then((status) => {
    isOver = true;
    // Its answer is something to hear, for who still waits for the CALL.
    if (call() === undefined) line.say(heartbeat(`over-${frame}`));
    return status;
  });
  await line.wait(() => call() !== undefined || (isOver && line.heard.length > 0));
  return { call: call(), ended };
}

/** Bytes that are no WebSocket. */
async function bytesTurn({ chargePoint, line, frame }: Place): Promise<Turn> {
  const { random, vocabulary } = chargePoint;
  const { action, payload } = vocabulary.call(random);
  const { what, bytes, isOpenEnded = false } = wireFault(encodeCall(`${frame}`, action, payload), random);
  const said = `${what}: ${bytes.toString('hex')}`;
  line.bytes(bytes);
  if (isOpenEnded) return { said, frames: 1, outcome: 'left', wrong: null, isLast: true };
  const came = await probe(line, null, frame);
  const answers = take(line).filter((heard) => !isProbe(heard));
  const wrong = came === 'silence' ? 'Neither answered nor closed' : wrongAnswer(answers);
  return { said, frames: 1, outcome: came === 'so' ? 'read on' : 'closed', wrong };
}

const heartbeat = (messageId: string): string => encodeCall(messageId, 'Heartbeat', {});
const isProbe = ([, id]: Heard): boolean => typeof id === 'string' && /^(probe|over)-/.test(id);

/** Says it, and then what any charge point is answered to. */
function probe(line: Line, text: string | null, frame: number): ReturnType<Line['wait']> {
  if (text !== null) line.say(text);
  const messageId = `probe-${frame}`;
  line.say(heartbeat(messageId));
  return line.wait(() => line.heard.some(([, id]) => id === messageId));
}

function take(line: Line): Heard[] {
  const heard = [...line.heard];
  line.forget();
  return heard;
}

interface Exchange {
  line: Line;
  said: string;
  expected: Expected;
}

function judged({ line, said, expected }: Exchange, came: 'so' | 'ended' | 'silence'): Turn {
  const answers = take(line).filter((heard) => !isProbe(heard));
  const [answer] = answers;
  const turn = { said, frames: 1 };
  if (expected.kind === 'end') {
    return { ...turn, outcome: 'closed', wrong: came === 'ended' ? null : 'A frame that is too long was taken' };
  }
  if (came !== 'so') return { ...turn, outcome: came, wrong: `No answer, but ${came}` };
  const wrong = isAsExpected(answers, expected) ? wrongAnswer(answers) : `Answered with ${JSON.stringify(answers)}`;
  if (answer === undefined) return { ...turn, outcome: 'nothing said', wrong };
  return { ...turn, outcome: answer[0] === 3 ? 'answered' : String(answer[2]), wrong };
}

function isAsExpected(answers: readonly Heard[], expected: Exclude<Expected, { kind: 'end' }>): boolean {
  if (expected.kind === 'silence') return answers.length === 0;
  if (expected.kind === 'one-at-most') return answers.length <= 1;
  if (expected.kind === 'error-at-most') return answers.length <= 1 && answers.every(([type]) => type === 4);
  return answers.length === 1 && answers[0]?.[1] === expected.messageId;
}

/** No answer as OCPP knows it, or one that says that a handler has failed. */
function wrongAnswer(answers: readonly Heard[]): string | null {
  for (const answer of answers) {
    const [type, , third] = answer;
    const isResult = type === 3 && answer.length === 3 && typeof third === 'object';
    const isError = type === 4 && answer.length === 5 && ERROR_CODE_SPELLINGS.includes(String(third));
    if (isResult || (isError && third !== 'InternalError')) continue;
    return `Answered with ${JSON.stringify(answer)}`;
  }
  return null;
}
