import type { StreamEvents } from '@cpo-console/shared/api/stream.ts';

/** An EventSource that says what a test tells it to. */
export class FakeEventSource extends EventTarget {
  static opened: FakeEventSource[] = [];
  readonly url: string;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  open(): void {
    this.onopen?.();
  }

  say<K extends keyof StreamEvents>(type: K, data: StreamEvents[K], lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }

  breakOff(): void {
    this.onerror?.();
  }

  close(): void {
    this.closed = true;
  }
}
