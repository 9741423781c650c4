import { cameTo, connectRaw } from '../test/support/raw-charge-point.ts';

/** A charge point's connection, with what came over it and was not looked at yet. */
export interface Line {
  readonly heard: readonly unknown[][];
  say(text: string): void;
  bytes(bytes: Buffer): void;
  /** Waits until what was heard makes it true. */
  wait(isTrue: () => boolean): Promise<'so' | 'ended' | 'silence'>;
  forget(): void;
  /** The server has said that it closes it, or it is closed. */
  isOver(): boolean;
  hangUp(): void;
}

/** Longer than any answer takes on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

export async function openLine(port: number, thingName: string, protocol: string): Promise<Line> {
  const raw = await connectRaw(port, thingName, protocol);
  const isOver = (): boolean => raw.closeCode() !== null || raw.isEnded();
  return {
    heard: raw.received,
    say: raw.send,
    bytes: (bytes) => raw.tcp.write(bytes),
    async wait(isTrue) {
      await cameTo(raw.tcp, () => isTrue() || isOver(), PATIENCE_MS);
      if (isTrue()) return 'so';
      return isOver() ? 'ended' : 'silence';
    },
    forget: () => raw.received.splice(0),
    isOver,
    hangUp: () => raw.tcp.destroy(),
  };
}
