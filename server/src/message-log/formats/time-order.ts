/**
 * The places of lines in the order of their times. Of lines of the same time the upper one came first, unless the log as a
 * whole runs backwards, as one that was exported newest first.
 */
export function timeOrder(times: ArrayLike<number>): Uint32Array {
  let rises = 0;
  let falls = 0;
  for (let index = 1; index < times.length; index += 1) {
    const step = at(times, index) - at(times, index - 1);
    if (step > 0) rises += 1;
    if (step < 0) falls += 1;
  }
  const order = Uint32Array.from({ length: times.length }, (_, index) => index);
  const ofSameTime = falls > rises ? -1 : 1;
  return falls === 0 ? order : order.sort((a, b) => at(times, a) - at(times, b) || (a - b) * ofSameTime);
}

const at = (times: ArrayLike<number>, index: number): number => times[index] ?? 0;
