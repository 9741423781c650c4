import type { Histogram, Registry } from '@prometheus-io/client';

export interface TalliedHistogramOptions {
  name: string;
  help: string;
  /** Upper bounds in seconds, rising. */
  buckets: readonly number[];
  labelName: string;
  registers: Registry[];
}

interface Tally {
  counts: Uint32Array;
  sum: number;
}

/**
 * A histogram with one label for what happens thousands of times a second: observing is a few additions, and the
 * registry's format is made when it is read. The library's own looks its labels up and keeps objects at each observation.
 */
export class TalliedHistogram {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly #buckets: readonly number[];
  readonly #labelName: string;
  readonly #tallies = new Map<string, Tally>();

  constructor({ name, help, buckets, labelName, registers }: TalliedHistogramOptions) {
    this.name = name;
    this.help = help;
    this.#buckets = buckets;
    this.#labelName = labelName;
    // What the registry asks of a metric is the shape of `get`; its type names the library's own classes.
    for (const registry of registers) registry.registerMetric(this as unknown as Histogram);
  }

  observe(label: string, seconds: number): void {
    let tally = this.#tallies.get(label);
    if (tally === undefined) {
      tally = { counts: new Uint32Array(this.#buckets.length + 1), sum: 0 };
      this.#tallies.set(label, tally);
    }
    let bucket = 0;
    while (bucket < this.#buckets.length && seconds > (this.#buckets[bucket] as number)) bucket += 1;
    tally.counts[bucket] = (tally.counts[bucket] as number) + 1;
    tally.sum += seconds;
  }

  async get() {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: [...this.#tallies].flatMap((entry) => this.#valuesOf(...entry)) };
  }

  #valuesOf(label: string, { counts, sum }: Tally) {
    const labels = { [this.#labelName]: label };
    let count = 0;
    const buckets = [...counts].map((inBucket, bucket) => {
      count += inBucket;
      const le = this.#buckets[bucket] ?? '+Inf';
      return { metricName: `${this.name}_bucket`, labels: { ...labels, le }, value: count };
    });
    const total = { metricName: `${this.name}_count`, labels, value: count };
    return [...buckets, { metricName: `${this.name}_sum`, labels, value: sum }, total];
  }
}
