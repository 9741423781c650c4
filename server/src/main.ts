import { buildApp } from './app.ts';
import { readConfig } from './config/read-config.ts';
import { startupProblem } from './startup-problem.ts';

/** A clean stop takes no longer: then whatever still runs is left behind. The log has what was answered either way. */
const STOP_WITHIN_MS = 10_000;

function fail(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

// Whoever reads what is printed may go away: that is no reason to leave the charge points.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

const read = readConfig(process.env);
if (!read.ok) fail(read.problem);
const { config } = read;

const built = await buildApp({ config }).catch((error: unknown) => fail(startupProblem(error, config)));
const { app } = built;

// Before anybody is told that it runs.
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'stopped with an error');
        process.exit(1);
      },
    );
  });
}

await app
  .listen({ host: config.host, port: config.port, backlog: 4_096 })
  .catch((error: unknown) => fail(startupProblem(error, config)));

const addresses = built.addresses();
const lines = [`OCPP      ${addresses.ocpp}/<identity>`];
if (config.roles.has('console')) lines.unshift(`Console   ${addresses.console}`);
if (addresses.ocppTls !== null) lines.push(`OCPP TLS  ${addresses.ocppTls}/<identity>`);
if (addresses.setup !== null)
  lines.push(`Set up    ${addresses.setup}`, '          (creates the first administrator; works once, for 15 minutes)');
process.stdout.write(`${lines.join('\n')}\n`);
