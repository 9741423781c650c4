/** Numbers the connections of all gateways so that a later one has a higher number. */
export interface Epochs {
  /** Never the same twice in one process. */
  next(): number;
  /** Another gateway has used this one: its clock may be ahead. */
  hear(epoch: number): void;
}

/** A hybrid logical clock: the time, so that it rises across restarts, but never behind what was heard of. */
export function createEpochs(now: () => number): Epochs {
  let last = 0;
  return {
    next() {
      last = Math.max(last + 1, now());
      return last;
    },
    hear(epoch) {
      last = Math.max(last, epoch);
    },
  };
}
