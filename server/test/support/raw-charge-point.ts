import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a busy machine asks for. */
const PATIENCE_MS = 15_000;
/** A close frame had none. @see RFC 6455 §7.4.1 */
const NO_CODE = 1005;
const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A charge point down to the bytes: it can say what no WebSocket library would. */
export interface RawCharger {
  readonly tcp: Socket;
  /** Text frames that came, decoded as JSON. */
  readonly received: unknown[][];
  /** Code of the server's close frame; null while there is none. */
  closeCode(): number | null;
  isEnded(): boolean;
  send(text: string): void;
  /** One WebSocket frame as asked for. */
  frame(payload: Buffer, options?: FrameOptions): void;
  /** Sends and waits for the next answer. */
  ask(text: string): Promise<unknown[]>;
}

export interface FrameOptions {
  opcode?: keyof typeof OPCODES | number;
  final?: boolean;
  /** RSV1 to RSV3, as a number from 0 to 7. */
  reserved?: number;
  masked?: boolean;
  /** The length that the frame claims to have. */
  claims?: number;
}

export const handshake = (path: string, protocol: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Protocol: ${protocol}\r\n${more}\r\n`;

/** Sends bytes to a port and resolves with all that came back until the other side closed. */
export async function sayBytes(port: number, bytes: string): Promise<string> {
  const tcp = connect(port, '127.0.0.1');
  let answer = '';
  tcp.on('error', () => undefined);
  tcp.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
  });
  tcp.write(bytes, 'latin1');
  await once(tcp, 'close');
  return answer;
}

export async function connectRaw(port: number, identity: string, protocol: string): Promise<RawCharger> {
  const tcp = connect(port, '127.0.0.1');
  const received: unknown[][] = [];
  let code: number | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let opened = false;
  const say: RawCharger['frame'] = (payload, options) => {
    tcp.write(wireFrame(payload, options));
  };
  tcp.on('error', () => undefined);
  tcp.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    if (!opened) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      opened = rest.toString('latin1').startsWith('HTTP/1.1 101');
      rest = rest.subarray(end + 4);
    }
    for (let frame = takeFrame(rest); frame !== null; frame = takeFrame(rest)) {
      rest = frame.rest;
      if (frame.opcode === OPCODES.text) received.push(JSON.parse(frame.payload.toString()));
      if (frame.opcode === OPCODES.close) code = frame.payload.length < 2 ? NO_CODE : frame.payload.readUInt16BE(0);
      if (frame.opcode === OPCODES.ping) say(frame.payload, { opcode: 'pong' });
    }
  });
  tcp.write(handshake(`/ocpp/${identity}`, protocol));
  await cameTo(tcp, () => opened);
  if (!opened) throw new Error(`${identity} was refused`);

  return {
    tcp,
    received,
    closeCode: () => code,
    isEnded: () => tcp.readableEnded || tcp.destroyed,
    frame: say,
    send: (text) => say(Buffer.from(text)),
    async ask(text) {
      const before = received.length;
      say(Buffer.from(text));
      await cameTo(tcp, () => received.length > before);
      const answer = received[before];
      if (answer === undefined) throw new Error(`${identity} got no answer to ${text.slice(0, 200)}`);
      return answer;
    },
  };
}

/** Resolves when what came over the socket makes it true, when the socket is closed, or when that takes too long. */
export function cameTo(tcp: Socket, isTrue: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isTrue() || tcp.destroyed) end();
    };
    const end = (): void => {
      clearTimeout(timer);
      tcp.off('data', look).off('close', look);
      resolve();
    };
    const timer = setTimeout(end, patienceMs);
    tcp.on('data', look).on('close', look);
    look();
  });
}

/** The bytes of one WebSocket frame. @see RFC 6455 §5.2 */
export function wireFrame(payload: Buffer, options: FrameOptions = {}): Buffer {
  const { opcode = 'text', final = true, reserved = 0, masked = true, claims: length = payload.length } = options;
  const code = typeof opcode === 'number' ? opcode : OPCODES[opcode];
  const head = [(final ? 0x80 : 0) | (reserved << 4) | code];
  const mask = masked ? 0x80 : 0;
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  if (length < 126) head.push(mask | length);
  else if (length < 65_536) head.push(mask | 126, ...size.subarray(6));
  else head.push(mask | 127, ...size);
  if (!masked) return Buffer.concat([Buffer.from(head), payload]);
  const key = randomBytes(4);
  const hidden = Buffer.from(payload);
  for (let at = 0; at < hidden.length; at += 1) hidden[at] = (hidden[at] ?? 0) ^ (key[at & 3] ?? 0);
  return Buffer.concat([Buffer.from(head), key, hidden]);
}

/** A server's frames are not masked, and ours here are never longer than 64 KiB. */
function takeFrame(bytes: Buffer): { opcode: number; payload: Buffer; rest: Buffer } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const end = start + (short === 126 ? bytes.readUInt16BE(2) : short);
  if (bytes.length < end) return null;
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload: bytes.subarray(start, end), rest: bytes.subarray(end) };
}
