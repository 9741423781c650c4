import { createFakeApi } from './fake-api.ts';
import { fakeMessage } from './fake-data.ts';
import { FakeEventSource } from './fake-event-source.ts';

/** `vite --mode fake`: the console without a server. No build for people contains it. */
export function installFakeApi(): void {
  const params = new URLSearchParams(location.search);
  const api = createFakeApi({ things: Number(params.get('fake-things') ?? 4921) });
  window.fetch = api.fetch;
  window.EventSource = FakeEventSource as unknown as typeof EventSource;
  let id = 100_000;
  setInterval(() => {
    const stream = FakeEventSource.opened.findLast((each) => !each.closed);
    if (!stream) return;
    stream.open();
    const messageId = `live${id}`;
    const common = { action: 'Heartbeat', messageId, at: new Date().toISOString() };
    stream.say(
      'message',
      fakeMessage(id, {
        ...common,
        kind: 'call',
        direction: 'in',
        frame: JSON.stringify([2, messageId, 'Heartbeat', {}]),
      }),
      String(id++),
    );
    stream.say(
      'message',
      fakeMessage(id, {
        ...common,
        kind: 'result',
        direction: 'out',
        frame: JSON.stringify([3, messageId, { currentTime: common.at }]),
        latencyMs: 4,
      }),
      String(id++),
    );
  }, 1000);
}
