import type { ServerResponse } from 'node:http';

export interface EventStreamOptions {
  response: ServerResponse;
  /** What the reply's hooks have set, such as the security headers. */
  headers: Record<string, number | string | string[] | undefined>;
  heartbeatMs: number;
  /** A reader that leaves more than this unread is cut off; it resumes by Last-Event-ID. */
  maxUnreadBytes: number;
}

/** One browser tab's stream of events. Everything is ignored once it is closed. */
export interface EventStream {
  send(event: string, json: string, id?: number): void;
  /** Resolves when the reader has caught up, or is gone. */
  drained(): Promise<void>;
  end(): void;
  onClose(listener: () => void): void;
  isOpen(): boolean;
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function openEventStream({ response, headers, heartbeatMs, maxUnreadBytes }: EventStreamOptions): EventStream {
  let open = true;
  const closeListeners: (() => void)[] = [];
  const close = (): void => {
    if (!open) return;
    open = false;
    clearInterval(heartbeat);
    for (const listener of closeListeners) listener();
  };
  const write = (text: string): void => {
    if (!open) return;
    response.write(text);
    if (response.writableLength > maxUnreadBytes) response.destroy();
  };

  response.on('close', close);
  response.on('error', close);
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx buffers otherwise.
    'x-accel-buffering': 'no',
  });
  // Headers go at once, and a lost stream comes back after a second.
  write('retry: 1000\n\n');
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);

  return {
    send: (event, json, id) => write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`),
    drained: () =>
      new Promise((resolve) => {
        if (!open || !response.writableNeedDrain) return resolve();
        response.once('drain', resolve);
        closeListeners.push(resolve);
      }),
    end: () => {
      if (!open) return;
      close();
      response.end();
    },
    onClose: (listener) => void closeListeners.push(listener),
    isOpen: () => open,
  };
}
