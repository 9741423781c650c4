import type { FindingView } from '@cpo-console/shared/api/log.ts';
import { createFinder } from '@cpo-console/shared/findings/find.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { type Rows, redactorFor } from '../../message-log/redaction/redact-log.ts';
import type { Redactor } from '../../message-log/redaction/redactor.ts';
import type { Redacted } from '../../message-log/redaction/sensitive-values.ts';
import { type ZipEntry, zip } from '../../text/zip.ts';
import { ProblemError } from '../errors.ts';
import { isoTime } from '../time.ts';
import { exportedText } from './export-messages.ts';

/** A case is about hours or days of one charge point. */
const MAX_ROWS = 500_000;

export interface Case extends Pick<Rows, 'log' | 'lastId' | 'signal'> {
  thingName: string;
  from: number;
  to: number;
  redact: ReadonlySet<Redacted>;
  protocolOf: (thingName: string) => OcppVersion | null;
  now: number;
  /** Once a page, while what is to be replaced is looked for. */
  onLooked: (rows: readonly LogRow[]) => void;
  onRows: (rows: readonly LogRow[]) => void;
}

interface Facts {
  rows: number;
  first: number | null;
  last: number | null;
  boot: Record<string, unknown> | null;
  actions: Map<string, number>;
  violations: number;
}

/**
 * What is known of a charge point in a range, in one file for somebody else: its messages in two formats, the findings, and a
 * summary. It is read three times, for what has to be replaced and for each format, so that it needs no room anywhere.
 */
export async function caseBundle(wanted: Case): Promise<AsyncGenerator<Buffer>> {
  const { to, redact, now, onLooked } = wanted;
  const facts: Facts = { rows: 0, first: null, last: null, boot: null, actions: new Map(), violations: 0 };
  const finder = createFinder();
  const visit = (rows: readonly LogRow[]): void => {
    for (const row of rows) {
      note(facts, row);
      finder.read(row);
    }
    onLooked(rows);
    if (facts.rows > MAX_ROWS) {
      throw new ProblemError(400, 'More than 500,000 messages are no case. Choose a shorter time, or export them.');
    }
  };
  const redactor = await redactorFor(rowsOfCase(wanted), { redact, visit });
  const findings = finder.end(Math.min(to, now)).map(({ from: since, to: until, rowIds, ...finding }) => ({
    ...finding,
    from: isoTime(since),
    to: isoTime(until),
    messageIds: rowIds.map(String),
  }));
  return zip(entries(wanted, { facts, findings, redactor }), new Date(now));
}

const rowsOfCase = ({ log, lastId, signal, thingName, from, to }: Case): Rows => ({
  log,
  lastId,
  signal,
  filter: { thingName, from, to, order: 'asc' },
});

function* entries(
  wanted: Case,
  { facts, findings, redactor }: { facts: Facts; findings: FindingView[]; redactor: Redactor },
): Generator<ZipEntry> {
  const { protocolOf, onRows } = wanted;
  const common = { rows: rowsOfCase(wanted), redactor, protocolOf };
  yield { name: 'README.md', content: [readme(wanted, { facts, findings, redactor })] };
  yield { name: 'findings.json', content: [redactor.frame(`${JSON.stringify(findings, null, 2)}\n`)] };
  yield { name: 'messages.jsonl', content: exportedText({ ...common, format: 'jsonl', onRows }) };
  yield { name: 'ocpp-trace.jsonl', content: exportedText({ ...common, format: 'trace', onRows: () => {} }) };
}

function note(facts: Facts, row: LogRow): void {
  facts.rows += 1;
  facts.first ??= row.at;
  facts.last = row.at;
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
