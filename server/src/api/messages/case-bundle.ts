import type { FindingView } from '@cpo-console/shared/api/log.ts';
import { createFinder } from '@cpo-console/shared/findings/find.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { MessageLog } from '../../message-log/message-log.ts';
import { redactorFor } from '../../message-log/redaction/redact-log.ts';
import type { Redactor } from '../../message-log/redaction/redactor.ts';
import type { Redacted } from '../../message-log/redaction/sensitive-values.ts';
import { type ZipEntry, zip } from '../../text/zip.ts';
import { ProblemError } from '../errors.ts';
import { isoTime } from '../time.ts';
import { exportedText } from './export-messages.ts';

/** A case is about hours or days of one charge point. */
const MAX_ROWS = 500_000;

export interface Case {
  log: Pick<MessageLog, 'query'>;
  thingName: string;
  from: number;
  to: number;
  redact: ReadonlySet<Redacted>;
  protocolOf: (thingName: string) => OcppVersion | null;
  now: number;
  onRows?: (count: number, at: number) => void;
}

interface Facts {
  rows: number;
  first: number | null;
  last: number | null;
  lastId: number;
  boot: Record<string, unknown> | null;
  actions: Map<string, number>;
  violations: number;
}

/**
 * What is known of a charge point in a range, in one file for somebody else: its messages in two formats, the findings, and a
 * summary. It is read three times, for what has to be replaced and for each format, so that it needs no room anywhere.
 */
export async function caseBundle(wanted: Case): Promise<AsyncGenerator<Buffer>> {
  const { log, thingName, from, to, redact, now } = wanted;
  const facts: Facts = { rows: 0, first: null, last: null, lastId: 0, boot: null, actions: new Map(), violations: 0 };
  const finder = createFinder();
  const filter = { thingName, from, to, order: 'asc' as const };
  const visit = (row: LogRow): void => {
    note(facts, row);
    if (facts.rows > MAX_ROWS) {
      throw new ProblemError(400, 'More than 500,000 messages are no case. Choose a shorter time, or export them.');
    }
    finder.read(row);
  };
  const redactor = await redactorFor(log, { filter, redact, visit });
  const findings = finder.end(Math.min(to, now)).map(({ from: since, to: until, rowIds, ...finding }) => ({
    ...finding,
    from: isoTime(since),
    to: isoTime(until),
    messageIds: rowIds.map(String),
  }));
  return zip(entries(wanted, { facts, findings, redactor }), new Date(now));
}

function* entries(
  wanted: Case,
  { facts, findings, redactor }: { facts: Facts; findings: FindingView[]; redactor: Redactor },
): Generator<ZipEntry> {
  const { thingName, from, to, protocolOf, onRows } = wanted;
  // What came meanwhile has not been looked at for what is to be replaced.
  const log = {
    query: async (query: Parameters<MessageLog['query']>[0]) =>
      (await wanted.log.query(query)).filter(({ id }) => id <= facts.lastId),
  };
  const filter = { thingName, from, to, order: 'asc' as const };
  const common = { log, filter, redactor, protocolOf };
  yield { name: 'README.md', content: [readme(wanted, { facts, findings, redactor })] };
  yield { name: 'findings.json', content: [redactor.frame(`${JSON.stringify(findings, null, 2)}\n`)] };
  yield { name: 'messages.jsonl', content: exportedText({ ...common, format: 'jsonl', ...(onRows && { onRows }) }) };
  yield { name: 'ocpp-trace.jsonl', content: exportedText({ ...common, format: 'trace' }) };
}

function note(facts: Facts, row: LogRow): void {
  facts.rows += 1;
  facts.first ??= row.at;
  facts.last = row.at;
  facts.lastId = row.id;
  if (row.violations !== null) facts.violations += 1;
  if (row.kind !== 'call' && row.kind !== 'send' && row.kind !== 'event') return;
  const what = row.kind === 'event' ? `(${row.action})` : (row.action ?? '?');
  facts.actions.set(what, (facts.actions.get(what) ?? 0) + 1);
  if (row.action !== 'BootNotification' || row.kind !== 'call') return;
  const decoded = decodeFrame(row.frame, 'ocpp2.1');
  if (decoded.ok && decoded.frame.kind === 'call') facts.boot = membersOf(decoded.frame.payload);
}

/** One line of plain text, whatever a charge point put into it. */
const oneLine = (text: string): string => text.replace(/[\s|`<>]+/g, ' ').slice(0, 200);

function readme(
  { thingName, from, to, redact, protocolOf, now }: Case,
  { facts, findings, redactor }: { facts: Facts; findings: FindingView[]; redactor: Redactor },
): string {
  const say = (text: string): string => redactor.text(oneLine(text));
  const time = (at: number | null): string => (at === null ? '—' : isoTime(at));
  const replaced = redact.size === 0 ? 'nothing but secrets' : [...redact].join(', ');
  return [
    `# ${say(thingName)}`,
    '',
    `- Range: ${time(from)} to ${time(to)}`,
    `- Messages: ${facts.rows}, the first at ${time(facts.first)}, the last at ${time(facts.last)}; ${facts.violations} break a schema`,
    `- OCPP: ${protocolOf(thingName) ?? 'not known'}`,
    ...station(facts.boot).map(([name, value]) => `- ${name}: ${say(value)}`),
    `- Replaced by pseudonyms: ${replaced}. The same value has the same pseudonym in all files of this archive, in no other.`,
    '- Secrets (passwords, keys, links with a token) show as •••.',
    `- Made: ${isoTime(now)}`,
    '',
    '## Findings',
    '',
    ...(findings.length === 0
      ? ['None.']
      : findings.map((finding) => `- ${finding.from} ${finding.rule} ${say(finding.subject)} (${finding.count})`)),
    '',
    '## What was said how often',
    '',
    ...[...facts.actions].sort(([, a], [, b]) => b - a).map(([action, count]) => `- ${say(action)}: ${count}`),
    '',
    '## Files',
    '',
    '- `messages.jsonl`: a message a line, connects and disconnects among them. Can be imported again.',
    '- `ocpp-trace.jsonl`: the same as Open OCPP Trace 1.1, which has no place for events.',
    '- `findings.json`: what looks wrong, with the ids of the messages that say so.',
    '',
  ].join('\n');
}

function station(boot: Facts['boot']): [string, string][] {
  if (boot === null) return [];
  const of = membersOf(boot.chargingStation);
  const facts: [string, string | null][] = [
    ['Vendor', textOf(boot.chargePointVendor) ?? textOf(of.vendorName)],
    ['Model', textOf(boot.chargePointModel) ?? textOf(of.model)],
    ['Firmware', textOf(boot.firmwareVersion) ?? textOf(of.firmwareVersion)],
    ['Serial number', textOf(boot.chargePointSerialNumber) ?? textOf(of.serialNumber)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
}
