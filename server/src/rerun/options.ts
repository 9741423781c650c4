import { parseArgs } from 'node:util';
import type { RerunSpeed } from '@cpo-console/shared/api/replays.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export interface CommandLine {
  file: string;
  url: string;
  id: string;
  password: string | null;
  speed: RerunSpeed;
  protocol: OcppVersion | null;
  /** Whose rows of the file; null: those of the only one. */
  from: string | null;
  /** Somebody says that the server's charge point of that name is a sandbox, because the server does not. */
  vouched: boolean;
}

export type ReadCommandLine =
  | { kind: 'run'; commandLine: CommandLine }
  | { kind: 'help' }
  | { kind: 'bad'; reason: string };

export const USAGE = `Sends a charge point's side of a recorded log again, and compares today's answers with the recorded ones.

  npm run replay -- log.jsonl --url ws://localhost:8080/ocpp --cp-id SANDBOX-1

  LOG                    JSON Lines or CSV of this product, Open OCPP Trace, or a text log; may be gzip
  --url URL              where charge points connect, without the identity (default ws://localhost:8080/ocpp)
  --cp-id ID             the sandbox: identity of a charge point that nobody drives to
  --password TEXT        for a charge point that was registered with a password
  --speed N|max          times faster than it was (default max: waits for nothing but answers)
  --from-cp ID           whose part of the log, if it has several charge points
  --protocol VERSION     ${OCPP_VERSIONS.join(' | ')}, if the log does not tell
  --vouch ID             for a server that can't say which of its charge points are sandboxes: the same ID as --cp-id
  --help

Ends with 0 when every answer was as recorded but for times and ids, 1 when one was not, 2 when the log can't be read or
the server refuses.`;

/** Reads the command line. A mistake is named in one line. */
export function readCommandLine(args: string[]): ReadCommandLine {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { kind: 'bad', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const reason = firstProblem(parsed);
  if (reason !== null) return { kind: 'bad', reason };
  return {
    kind: 'run',
    commandLine: {
      file: positionals[0] ?? '',
      url: values.url,
      id: values['cp-id'] ?? '',
      password: values.password ?? null,
      speed: values.speed === 'max' ? 'max' : Number(values.speed),
      protocol: (values.protocol as OcppVersion | undefined) ?? null,
      from: values['from-cp'] ?? null,
      vouched: values.vouch !== undefined,
    },
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'ws://localhost:8080/ocpp' },
      'cp-id': text,
      password: text,
      speed: { type: 'string', default: 'max' },
      'from-cp': text,
      protocol: text,
      vouch: text,
      help: { type: 'boolean', default: false },
    },
  });
}

function firstProblem({ values, positionals }: ReturnType<typeof parse>): string | null {
  if (positionals.length !== 1) return 'One log file must be named.';
  if (!/^wss?:$/.test(URL.parse(values.url)?.protocol ?? '')) return '--url must be a ws:// or wss:// address.';
  if (!values['cp-id']) return '--cp-id must name the sandbox.';
  if (values.speed !== 'max' && !(Number(values.speed) > 0)) return '--speed must be a number above 0, or max.';
  if (values.protocol !== undefined && !OCPP_VERSIONS.some((version) => version === values.protocol)) {
    return `--protocol must be one of ${OCPP_VERSIONS.join(', ')}.`;
  }
  if (values.vouch !== undefined && values.vouch !== values['cp-id']) return '--vouch must repeat what --cp-id says.';
  return null;
}
