import { EventEmitter } from 'node:events';

/** A WebSocket without a network: what its peer does and when is the test's to say. */
export class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly protocol = 'ocpp1.6';
  isPaused = false;
  readonly bufferedAmount = 0;
  readyState = 1;
  readonly #onSent: (text: string) => void;
  readonly #isPeerAlive: () => boolean;

  constructor({ onSent, isPeerAlive }: { onSent: (text: string) => void; isPeerAlive: () => boolean }) {
    super();
    this.#onSent = onSent;
    this.#isPeerAlive = isPeerAlive;
  }

  send(text: string): void {
    if (this.readyState === this.OPEN) this.#onSent(text);
  }

  ping(): void {
    if (this.#isPeerAlive()) queueMicrotask(() => this.emit('pong'));
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  /** Its end comes when the test says so, as late as it likes. */
  close(): void {
    if (this.readyState === this.OPEN) this.readyState = 2;
  }

  terminate(): void {
    this.close();
  }

  gone(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.emit('close', 1006, Buffer.alloc(0));
  }
}
