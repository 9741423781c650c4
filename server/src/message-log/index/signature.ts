import { unescaped } from '@cpo-console/shared/message-log/content-filter.ts';

/**
 * What texts a block of rows may contain: for each four bytes in a row that occur in its frames, lower-cased, a bit by their
 * hash. A text whose bits are not all set is in none of the block's frames; if they are, the frames have to be read.
 *
 * Blocks are signed 256 at a time, bit by bit: the 256 blocks' first bits, then their second bits, and so on. A search reads
 * the few bits that its text has, of all these blocks at once.
 */
const BLOCK_ROWS = 32;
/** Frames can be large: a block of many would have every bit set. */
const BLOCK_BYTES = 12 << 10;
const BLOCKS = 256;
/** At most. */
export const ROWS_OF_A_GROUP = BLOCKS * BLOCK_ROWS;
const HASH_BITS = 13;
export const BITS = 1 << HASH_BITS;
export const BYTES_PER_BIT = BLOCKS / 8;
/** More would hardly leave out another block. */
const MOST_GRAMS = 24;
const GRAM = 4;
const BACKSLASH = 0x5c;

/** Lower case, roughly: of letters that are not ASCII nothing is sought. */
const LOWER_CASE = 0x20202020;

const hashOf = (gram: number): number => Math.imul(gram | LOWER_CASE, 0x9e3779b1) >>> (32 - HASH_BITS);

/** Signed rows: all from `first` to `last`. */
export interface SignedGroup {
  first: number;
  last: number;
  /** The last id of each block, counted from `first`. */
  ends: number[];
  /** Bit by bit, of each the blocks that have it. */
  bits: Buffer;
}

/** Frames of consecutive rows; a group is returned when it is full, or taken when its time is over. */
export class SignatureBuilder {
  readonly #bits = Buffer.alloc(BITS * BYTES_PER_BIT);
  #escape: { bytes: Buffer | null; at: number } = { bytes: null, at: 0 };
  #first = 0;
  #last = 0;
  #ends: number[] = [];
  #rows = 0;
  #bytes = 0;

  add(id: number, { bytes, begin, end }: { bytes: Buffer; begin: number; end: number }): SignedGroup | null {
    if (this.#first === 0) this.#first = id;
    this.#last = id;
    this.#rows += 1;
    this.#bytes += end - begin;
    this.#sign(bytes, begin, end);
    if (this.#hasEscape(bytes, begin, end)) {
      const read = Buffer.from(unescaped(bytes.toString('utf8', begin, end)) ?? '');
      this.#sign(read, 0, read.length);
    }
    if (this.#rows < BLOCK_ROWS && this.#bytes < BLOCK_BYTES) return null;
    this.#endBlock();
    return this.#ends.length < BLOCKS ? null : this.take();
  }

  /** What there is so far, as a group; the next begins anew. */
  take(): SignedGroup | null {
    if (this.#rows > 0) this.#endBlock();
    if (this.#ends.length === 0) return null;
    const group = { first: this.#first, last: this.#last, ends: this.#ends, bits: Buffer.from(this.#bits) };
    this.reset();
    return group;
  }

  reset(): void {
    this.#bits.fill(0);
    this.#first = 0;
    this.#ends = [];
    this.#rows = 0;
    this.#bytes = 0;
  }

  #endBlock(): void {
    this.#ends.push(this.#last - this.#first);
    this.#rows = 0;
    this.#bytes = 0;
  }

  #sign(bytes: Buffer, begin: number, end: number): void {
    const bits = this.#bits;
    const byte = this.#ends.length >> 3;
    const mask = 1 << (this.#ends.length & 7);
    let gram = 0;
    // The first three are of less than four bytes: bits too many, which leave nothing out.
    for (let at = begin; at < end; at += 1) {
      gram = (gram << 8) | (bytes[at] as number);
      const place = hashOf(gram) * BYTES_PER_BIT + byte;
      bits[place] = (bits[place] as number) | mask;
    }
  }

  /** Frames come one after the other out of the same bytes: one look finds where the next escape is. */
  #hasEscape(bytes: Buffer, begin: number, end: number): boolean {
    if (this.#escape.bytes !== bytes || this.#escape.at < begin) {
      const at = bytes.indexOf(BACKSLASH, begin);
      this.#escape = { bytes, at: at < 0 ? bytes.length : at };
    }
    return this.#escape.at < end;
  }
}

/** The bits that a block with all of these folded texts has; none when the texts are too short to have any. */
export function bitsOf(texts: readonly string[]): number[] {
  const hashes = new Set<number>();
  for (const text of texts) {
    const bytes = Buffer.from(text);
    for (let at = 0; at + GRAM <= bytes.length; at += 1) {
      const gram = bytes.subarray(at, at + GRAM);
      if (gram.every((byte) => byte < 128)) hashes.add(hashOf(gram.readInt32BE()));
    }
  }
  return [...hashes].slice(0, MOST_GRAMS);
}

/** Which blocks have all of the bits: a bit each. null: it is not known of any bit, so that all may. */
export function blocksWith(
  bits: readonly number[],
  blocksOf: (bit: number) => Uint8Array | undefined,
): Uint8Array | null {
  let blocks: Uint8Array | null = null;
  for (const bit of bits) {
    const having = blocksOf(bit);
    if (having === undefined) continue;
    blocks = blocks === null ? having : blocks.map((byte, index) => byte & (having[index] ?? 0));
    if (blocks.every((byte) => byte === 0)) break;
  }
  return blocks;
}

export const hasBlock = (blocks: Uint8Array, block: number): boolean =>
  (((blocks[block >> 3] ?? 0) >> (block & 7)) & 1) === 1;
