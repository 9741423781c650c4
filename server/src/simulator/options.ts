import { parseArgs } from 'node:util';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { DEFAULT_HARDWARE, type Hardware } from './hardware.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

export interface SimulatorOptions {
  url: string;
  id: string;
  protocol: OcppVersion;
  password: string | null;
  hardware: Hardware;
  scenario: Scenario;
  idToken: string | null;
  count: number;
  durationSeconds: number | null;
}

export type ReadOptions =
  | { kind: 'run'; options: SimulatorOptions }
  | { kind: 'help' }
  | { kind: 'bad'; reason: string };

export const USAGE = `Simulated charge points.

  npm run simulate -- --url ws://localhost:8080/ocpp --cp-id CP1

  --url URL              where charge points connect, without the identity (default ws://localhost:8080/ocpp)
  --cp-id ID             identity of the charge point (default CP1)
  --protocol VERSION     ${OCPP_VERSIONS.join(' | ')} (default ocpp2.0.1)
  --cp-vendor TEXT       (default ${DEFAULT_HARDWARE.vendor})
  --cp-model TEXT        (default ${DEFAULT_HARDWARE.model})
  --cp-version TEXT      firmware version (default ${DEFAULT_HARDWARE.firmwareVersion})
  --cp-serial TEXT       serial number (default ${DEFAULT_HARDWARE.serialNumber})
  --password TEXT        for a charge point that was registered with a password
  --scenario NAME        ${SCENARIOS.join(' | ')}: what it does by itself (default idle)
  --id-token TEXT        card of the driver in the scenario "charge"; without it, a refused driver charges for free
  --count N              a swarm: <ID>-0001 … <ID>-000N, with one line of progress instead of the frames
  --duration SECONDS     stop after that time
  --help

Ctrl-C stops it cleanly.`;

const MAX_COUNT = 50_000;

/** Reads the command line. A mistake is named in one line. */
export function readOptions(args: string[]): ReadOptions {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { kind: 'bad', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
  if (values.help) return { kind: 'help' };
  const problem = firstProblem(values);
  if (problem !== null) return { kind: 'bad', reason: problem };
  return {
    kind: 'run',
    options: {
      url: values.url,
      id: values['cp-id'],
      protocol: values.protocol as OcppVersion,
      password: values.password ?? null,
      hardware: {
        ...DEFAULT_HARDWARE,
        vendor: values['cp-vendor'],
        model: values['cp-model'],
        firmwareVersion: values['cp-version'],
        serialNumber: values['cp-serial'],
      },
      scenario: values.scenario as Scenario,
      idToken: values['id-token'] ?? null,
      count: Number(values.count),
      durationSeconds: values.duration === undefined ? null : Number(values.duration),
    },
  };
}

function parse(args: string[]) {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  return parseArgs({
    args,
    options: {
      url: text('ws://localhost:8080/ocpp'),
      'cp-id': text('CP1'),
      protocol: text('ocpp2.0.1'),
      'cp-vendor': text(DEFAULT_HARDWARE.vendor),
      'cp-model': text(DEFAULT_HARDWARE.model),
      'cp-version': text(DEFAULT_HARDWARE.firmwareVersion),
      'cp-serial': text(DEFAULT_HARDWARE.serialNumber),
      password: { type: 'string' },
      scenario: text('idle'),
      'id-token': { type: 'string' },
      count: text('1'),
      duration: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function firstProblem(values: ReturnType<typeof parse>): string | null {
  if (!/^wss?:$/.test(URL.parse(values.url)?.protocol ?? '')) return '--url must be a ws:// or wss:// address.';
  if (values['cp-id'] === '') return '--cp-id must not be empty.';
  if (!OCPP_VERSIONS.some((version) => version === values.protocol)) {
    return `--protocol must be one of ${OCPP_VERSIONS.join(', ')}.`;
  }
  if (!SCENARIOS.some((scenario) => scenario === values.scenario)) {
    return `--scenario must be one of ${SCENARIOS.join(', ')}.`;
  }
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) return `--count must be 1 to ${MAX_COUNT}.`;
  if (values.duration !== undefined && !(Number(values.duration) > 0)) return '--duration must be a number of seconds.';
  return null;
}
