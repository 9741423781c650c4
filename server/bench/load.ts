import WebSocket from 'ws';
import { frameOf } from './frames.ts';

export interface LoadResult {
  answered: number;
  seconds: number;
  /** Milliseconds, sorted. */
  latencies: number[];
}

export async function connectAll(port: number, count: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(100, count - sockets.length) }, (_, n) =>
      connectOne(port, sockets.length + n),
    );
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

function connectOne(port: number, charger: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ocpp/B${charger}`, ['ocpp2.0.1'], { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends the turns of all charge points; each sends its next CALL when the last one is answered, not before `dueAt`. */
export class Load {
  readonly #sockets: WebSocket[];
  readonly #turns: number[];
  readonly #sentAt: number[];
  #latencies: number[] = [];
  #onAnswer: (charger: number) => void = () => {};

  constructor(sockets: WebSocket[]) {
    this.#sockets = sockets;
    this.#turns = sockets.map(() => 0);
    this.#sentAt = sockets.map(() => 0);
    sockets.forEach((socket, charger) => {
      socket.on('message', () => {
        this.#latencies.push(performance.now() - (this.#sentAt[charger] ?? 0));
        this.#onAnswer(charger);
      });
    });
  }

  /** Each charge point as fast as it is answered. */
  closedLoop(seconds: number): Promise<LoadResult> {
    const end = performance.now() + seconds * 1_000;
    let waiting = this.#sockets.length;
    return this.#measure((done) => {
      this.#onAnswer = (charger) => {
        if (performance.now() < end) this.#send(charger);
        else if (--waiting === 0) done();
      };
      for (const charger of this.#sockets.keys()) this.#send(charger);
    });
  }

  /** Each charge point asks once, all at the same time. */
  eachOnce(): Promise<LoadResult> {
    let waiting = this.#sockets.length;
    return this.#measure((done) => {
      this.#onAnswer = () => {
        if (--waiting === 0) done();
      };
      for (const charger of this.#sockets.keys()) this.#send(charger);
    });
  }

  /** `rate` frames a second over all charge points in turn. */
  paced(rate: number, seconds: number): Promise<LoadResult> {
    const total = rate * seconds;
    const startedAt = performance.now();
    let sent = 0;
    let answered = 0;
    return this.#measure((done) => {
      this.#onAnswer = () => {
        if (++answered === total) done();
      };
      const timer = setInterval(() => {
        const due = Math.min(total, ((performance.now() - startedAt) / 1_000) * rate);
        for (; sent < due; sent += 1) this.#send(sent % this.#sockets.length);
        if (sent === total) clearInterval(timer);
      }, 1);
    });
  }

  #send(charger: number): void {
    const turn = this.#turns[charger] ?? 0;
    this.#turns[charger] = turn + 1;
    this.#sentAt[charger] = performance.now();
    this.#sockets[charger]?.send(frameOf(turn, charger));
  }

  async #measure(run: (done: () => void) => void): Promise<LoadResult> {
    this.#latencies = [];
    const startedAt = performance.now();
    await new Promise<void>((resolve) => run(resolve));
    const seconds = (performance.now() - startedAt) / 1_000;
    return { answered: this.#latencies.length, seconds, latencies: this.#latencies.sort((a, b) => a - b) };
  }
}
