import { wireFrame } from '../test/support/raw-charge-point.ts';
import type { Random } from './random.ts';

/** Bytes for the socket of an open WebSocket that no library would send. */
export interface WireFault {
  what: string;
  bytes: Buffer;
  /** A frame is not over: what comes next would be taken for the rest of it. */
  isOpenEnded?: true;
}

type Make = (text: Buffer, random: Random) => Omit<WireFault, 'what'>;

const NO_UTF8 = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xe2, 0x82]].map(
  (bytes) => Buffer.from(bytes),
);
const CLOSE_CODES = [0, 1, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1015, 1016, 2999, 3000, 4999, 5000, 65_535];

const concat = (...parts: Buffer[]): { bytes: Buffer } => ({ bytes: Buffer.concat(parts) });
const anyBytes = (length: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length }, () => random.below(256)));

function closeWith(code: number, reason: Buffer): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return wireFrame(Buffer.concat([head, reason]), { opcode: 'close' });
}

function cutInPieces(text: Buffer, random: Random, between: Buffer = Buffer.alloc(0)): Buffer {
  const size = 1 + random.below(text.length);
  const pieces: Buffer[] = [];
  for (let from = 0; from < text.length; from += size) {
    const final = from + size >= text.length;
    const opcode = from === 0 ? 'text' : 'continuation';
    pieces.push(wireFrame(text.subarray(from, from + size), { opcode, final }), final ? Buffer.alloc(0) : between);
  }
  return Buffer.concat(pieces);
}

const FAULTS: Record<string, Make> = {
  'an opcode that is reserved': (text, random) =>
    concat(wireFrame(text, { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) })),
  'reserved bits': (text, random) => concat(wireFrame(text, { reserved: 1 + random.below(7) })),
  'reserved bits of a control frame': (_, random) =>
    concat(wireFrame(Buffer.alloc(0), { opcode: 'ping', reserved: 1 + random.below(7) })),
  'not masked': (text) => concat(wireFrame(text, { masked: false })),
  binary: (text) => concat(wireFrame(text, { opcode: 'binary' })),
  'no UTF-8': (text, random) => concat(wireFrame(Buffer.concat([text, random.pick(NO_UTF8), text]))),
  'UTF-8 that ends too early': (text, random) => concat(wireFrame(Buffer.concat([text, random.pick(NO_UTF8)]))),
  pieces: (text, random) => concat(cutInPieces(text, random)),
  'pieces with pings between': (text, random) =>
    concat(cutInPieces(text, random, wireFrame(text.subarray(0, 20), { opcode: 'ping' }))),
  'pieces with a close between': (text, random) => concat(cutInPieces(text, random, closeWith(1000, Buffer.alloc(0)))),
  'pieces with another frame between': (text, random) => concat(cutInPieces(text, random, wireFrame(text))),
  'a continuation of nothing': (text, random) =>
    concat(wireFrame(text, { opcode: 'continuation', final: random.chance(0.5) })),
  'empty pieces': (text, random) =>
    concat(
      wireFrame(Buffer.alloc(0), { final: false }),
      ...Array.from({ length: random.below(1_200) }, () =>
        wireFrame(Buffer.alloc(0), { opcode: 'continuation', final: false }),
      ),
      wireFrame(text, { opcode: 'continuation' }),
    ),
  'a message that never ends': (text) => ({ ...concat(wireFrame(text, { final: false })), isOpenEnded: true }),
  'a control frame that is too long': (_, random) =>
    concat(
      wireFrame(Buffer.alloc(126 + random.below(500)), { opcode: random.pick(['ping', 'pong', 'close'] as const) }),
    ),
  'a control frame in pieces': (text, random) =>
    concat(wireFrame(text.subarray(0, 9), { opcode: random.pick(['ping', 'pong', 'close'] as const), final: false })),
  'pongs that nobody asked for': (text) =>
    concat(...Array.from({ length: 20 }, () => wireFrame(text.subarray(0, 100), { opcode: 'pong' }))),
  'many pings': (text, random) =>
    concat(...Array.from({ length: random.below(300) }, () => wireFrame(text.subarray(0, 4), { opcode: 'ping' }))),
  'a close without a code': () => concat(wireFrame(Buffer.alloc(0), { opcode: 'close' })),
  'a close of one byte': () => concat(wireFrame(Buffer.alloc(1), { opcode: 'close' })),
  'a close with any code': (_, random) => concat(closeWith(random.pick(CLOSE_CODES), Buffer.from('bye'))),
  'a close that says no UTF-8': (_, random) => concat(closeWith(1000, random.pick(NO_UTF8))),
  'frames after a close': (text) => concat(closeWith(1000, Buffer.alloc(0)), wireFrame(text), wireFrame(text)),
  'a length that is gigantic': (text, random) =>
    concat(wireFrame(text, { claims: random.pick([65_537, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53, 2 ** 62]) })),
  'a length written longer than need be': (text) => concat(longForm(wireFrame(text.subarray(0, 100)))),
  'half a frame': (text, random) => {
    const bytes = wireFrame(text);
    return { bytes: bytes.subarray(0, 1 + random.below(bytes.length - 1)), isOpenEnded: true };
  },
  'a frame that is shorter than it says': (text, random) => ({
    ...concat(wireFrame(text, { claims: text.length + 1 + random.below(60_000 - Math.min(text.length, 50_000)) })),
    isOpenEnded: true,
  }),
  'any bytes': (_, random) => ({ ...concat(anyBytes(1 + random.below(300), random)), isOpenEnded: true }),
  'one bit turned': (text, random) => {
    const bytes = wireFrame(text);
    const place = random.below(Math.min(bytes.length, 16));
    bytes[place] = (bytes[place] ?? 0) ^ (1 << random.below(8));
    return { bytes, isOpenEnded: true };
  },
  HTTP: () => ({ ...concat(Buffer.from('GET /api/v1/things HTTP/1.1\r\nHost: x\r\n\r\n')), isOpenEnded: true }),
};

/** Eight bytes for a length that one would hold. @see RFC 6455 §5.2 */
function longForm(frame: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt((frame[1] ?? 0) & 0x7f));
  return Buffer.concat([Buffer.from([frame[0] ?? 0, 0xff]), length, frame.subarray(2)]);
}

export function wireFault(text: string, random: Random): WireFault {
  const what = random.pick(Object.keys(FAULTS));
  const make = FAULTS[what] as Make;
  return { what, ...make(Buffer.from(text), random) };
}
