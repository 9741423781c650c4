import { randomUUID } from 'node:crypto';
import { openMessageLog } from '../journaled-message-log.ts';

/** Appends for ever and prints each message id once its row is durable. Killed by the test that starts it. */
const [, , dataDir = '', url = ''] = process.argv;
const log = await openMessageLog({ dataDir, postgres: url === '' ? null : { url, idsAfter: 0 } });

function appendSome(): void {
  for (let n = 0; n < 10; n += 1) {
    const messageId = randomUUID();
    const frame = `[2,"${messageId}","Heartbeat",{}]`;
    const common = { thingName: 'CP1', connectionId: 'c1', at: Date.now(), direction: 'in', kind: 'call' } as const;
    log.append(
      { ...common, action: 'Heartbeat', messageId, frame, latencyMs: null, errorCode: null, violations: null },
      null,
    );
    log.whenDurable((error) => {
      if (error === null) process.stdout.write(`${messageId}\n`);
    });
  }
  setImmediate(appendSome);
}
appendSome();
