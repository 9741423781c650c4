import { constants } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { AttemptLimit } from '../handshake/attempt-limit.ts';
import type { KeepRefusal } from '../handshake/keep-refusal.ts';
import { handshakeFailure } from './handshake-failure.ts';
import { readTlsFiles } from './tls-files.ts';
import type { TlsSettings } from './tls-settings.ts';

export interface TlsListenerOptions {
  host: string;
  settings: TlsSettings;
  keepRefusal: KeepRefusal;
  now: () => number;
  reloadEveryMs?: number;
}

const RELOAD_EVERY_MS = 10_000;
const HANDSHAKE_WITHIN_MS = 5_000;
const BACKLOG = 4_096;
/** Sockets that have not asked for a WebSocket yet. */
const MAX_UNDECIDED = 1_000;
/**
 * The suites that both OCPP versions ask for, and their forward-secret RSA counterparts.
 * @see OCPP 2.0.1 part 2, A00.FR.318
 */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
].join(':');

const CONTEXT = {
  minVersion: 'TLSv1.2',
  ciphers: CIPHERS,
  honorCipherOrder: true,
  // Every connection shows all it has: what was good before a reload may not be any more.
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const;

/** Charge points over TLS, for security profiles 2 and 3: past the TLS handshake they are taken as on the other listener. */
export async function tlsListener(app: FastifyInstance, options: TlsListenerOptions): Promise<void> {
  const { host, settings } = options;
  let files = await readTlsFiles(settings);
  const server = createServer(
    {
      ...CONTEXT,
      ...files,
      // Who shows none, or one that is not good, is told by the answer to its handshake, and the log has its name then.
      requestCert: settings.clientCaFile !== null,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      headersTimeout: HANDSHAKE_WITHIN_MS,
      requestTimeout: HANDSHAKE_WITHIN_MS,
      connectionsCheckingInterval: 1_000,
    },
    (_request, response) => response.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end(),
  );
  handOver(server, app);
  tellFailures(server, options);
  tellDropped(server, app);

  let problem: string | null = null;
  async function reload(): Promise<void> {
    try {
      const read = await readTlsFiles(settings);
      problem = null;
      if (isDeepStrictEqual(read, files)) return;
      server.setSecureContext({ ...CONTEXT, ...read });
      files = read;
      app.log.info('The TLS listener uses its new certificates');
    } catch (error) {
      // Between two files of a pair, or for long: said once.
      const message = (error as Error).message;
      if (message !== problem) app.log.warn({ reason: message }, 'The TLS listener keeps its old certificates');
      problem = message;
    }
  }

  let reloading = Promise.resolve();
  const timer = setInterval(() => {
    reloading = reloading.then(reload);
  }, options.reloadEveryMs ?? RELOAD_EVERY_MS);
  app.addHook('onReady', async () => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port: settings.port, backlog: BACKLOG }, () => resolve());
    });
  });
  app.addHook('preClose', async () => {
    clearInterval(timer);
    server.close();
    server.closeIdleConnections();
    await reloading;
  });
  app.addHook('onClose', async () => server.closeAllConnections());
}

/** A request for a WebSocket goes the way of those of the other listener. */
function handOver(server: Server, app: FastifyInstance): void {
  let decided = 0;
  const count = (more: 1 | -1): void => {
    decided += more;
    server.maxConnections = decided + MAX_UNDECIDED;
  };
  server.maxConnections = MAX_UNDECIDED;
  server.on('upgrade', (request, socket, head) => {
    count(1);
    socket.once('close', () => count(-1));
    app.server.emit('upgrade', request, socket, head);
  });
}

function tellFailures(server: Server, { keepRefusal, now }: TlsListenerOptions): void {
  const kept = new AttemptLimit();
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const reason = handshakeFailure(error.code);
    if (reason === null) return;
    // Of one whose time is over Node.js does not know any more.
    const remoteAddress = socket.remoteAddress ?? 'unknown';
    // Nobody has said a name yet. Whoever tries the port again and again fills no log.
    if (kept.allowsFailure(remoteAddress, now())) {
      keepRefusal(remoteAddress, { reason, remoteAddress, offered: undefined });
    }
  });
}

function tellDropped(server: Server, app: FastifyInstance): void {
  let dropped = 0;
  server.on('drop', () => {
    dropped += 1;
    if (dropped === 1) {
      setTimeout(() => {
        app.log.warn(
          { dropped },
          'Sockets at the TLS listener were turned away: too many that have not said who they are',
        );
        dropped = 0;
      }, 1_000).unref();
    }
  });
}
