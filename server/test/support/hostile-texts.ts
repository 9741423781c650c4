import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { resolved, type Schema, schemaOf } from './example-payloads.ts';

/** The element that a browser makes if any of these texts is read as markup. Short, so that the shortest fields hold it. */
export const HOSTILE_ELEMENT = 'x-h';
const tag = `<${HOSTILE_ELEMENT}>`;

/** What a charge point may say to break what shows, keeps or passes on its texts. The word before each says what it is after. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  script: `${tag}<script>alert(1)</script>`,
  handler: `${tag}<img src=x onerror=alert(1)>`,
  attribute: `">${tag}<input autofocus onfocus=alert(1)>`,
  apostrophe: `'>${tag}<a href='javascript:alert(1)'>x</a>`,
  svg: `<svg/onload=alert(1)>${tag}`,
  frame: `${tag}<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
  style: `</style></title></textarea>-->${tag}<base href=//evil.example>`,
  address: 'javascript:alert(1)',
  data: `data:text/html,${tag}<script>alert(1)</script>`,
  entity: '&lt;x-h&gt;&#60;x-h&#62;&amp;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a stranger writes.
  template: '{{constructor.constructor("alert(1)")()}}${alert(1)}<%= 7*7 %>#{7*7}',
  translation: '$t(nav.messages) {{count}} {{- count}}',
  replacement: "$& $1 $` $' $$",
  formula: '=HYPERLINK("http://evil.example","x")',
  plus: '+1+1',
  minus: "-1+cmd|' /C calc'!A0",
  at: '@SUM(1+1)',
  tab: '\t=1+1',
  carriage: '\r=1+1',
  separator: '";=1+1;"\n=1+1,"',
  ansi: '\u001b[2J\u001b[31mred\u001b]0;title\u0007',
  lines: 'one\r\n\r\ntwo\nevent: message\ndata: {"forged":true}\n\n',
  separators: 'a\u2028b\u2029c\u0085d\u000be\u000cf',
  nul: 'before\u0000after',
  controls: '\u0001\u0008\u001f\u007f\u0080\u009f',
  bidi: 'a\u202e\u2066gpj.exe\u2069\u200f',
  invisible: '\u200b\u200d\ufeff\u2060\u00ad',
  marks: `Z${'\u0301\u0334'.repeat(12)}`,
  surrogate: 'x\ud800',
  surrogates: '\udc00\ud800y',
  emoji: '👩‍👩‍👧‍👦'.repeat(3),
  long: 'W'.repeat(2_000),
  path: '../../../../etc/passwd',
  drive: 'C:\\Windows\\..\\con.txt',
  escapes: '%00%0d%0a%2e%2e%2f%E0%A4%A%',
  sql: "'; DROP TABLE things; --",
  like: '%_\\%*?[a]',
  json: '{"a":[1],"__proto__":{"hostile":1}}',
  quotes: '\\"\\\\","x":"',
  proto: '__proto__',
  constructor: 'constructor',
  method: 'toString',
  member: 'hasOwnProperty',
  label: 'x"} 1\nforged_total{a="',
  topic: '+/#/$SYS/$share/csms/+/in',
  header: 'x\r\nSet-Cookie: a=b\r\n\r\n<html>',
  number: '1e999',
  nothing: ' ',
  empty: '',
};

export const HOSTILE = Object.values(HOSTILE_TEXTS);

export interface HostileMessage {
  action: string;
  payload: object;
}

/**
 * What a charge point of a version can say, each member of each message there, and a text of the corpus in every one that the
 * schema leaves free. Over as many rounds as there are texts each member has been each of them.
 */
export function hostileRequests(version: OcppVersion, round: number): HostileMessage[] {
  return actionsOf(version, 'csms', 'request', round);
}

/** What it can answer to each CALL of ours, likewise. */
export function hostileAnswers(version: OcppVersion, round: number): Map<string, object> {
  const all = actionsOf(version, 'charge-point', 'response', round);
  return new Map(all.map(({ action, payload }) => [action, payload]));
}

function actionsOf(
  version: OcppVersion,
  to: 'csms' | 'charge-point',
  kind: 'request' | 'response',
  round: number,
): HostileMessage[] {
  const actions = Object.entries(ACTIONS[version]).filter(([, { from, send }]) => from !== to && send !== true);
  let turn = round;
  const next = (): string => HOSTILE[turn++ % HOSTILE.length] ?? '';
  return actions.map(([action]) => ({ action, payload: hostilePayload(schemaOf(version, action, kind), next) }));
}

function hostilePayload(root: Schema, next: () => string): object {
  const fill = (given: Schema): unknown => {
    const schema = resolved(given, root);
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, fill(each)]));
      case 'array':
        return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => fill(schema.items ?? {}));
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 1, 1);
      case 'boolean':
        return true;
      default:
        if (schema.format === 'date-time') return new Date().toISOString();
        return next().slice(0, schema.maxLength);
    }
  };
  return fill(root) as object;
}
