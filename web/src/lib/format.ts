/** Numbers and times as the reader's language writes them, in the reader's time zone. */
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const known = cache.get(key);
  if (known) return known as T;
  const made = make();
  cache.set(key, made);
  return made;
}

export function number(locale: string, value: number, digits = 0): string {
  return cached(`n${locale}${digits}`, () => {
    return new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  }).format(value);
}

export function clock(locale: string, at: string | number): string {
  return cached(`c${locale}`, () => {
    return new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    });
  }).format(new Date(at));
}

/** The day of what was not today; null for today. */
export function otherDay(locale: string, at: string | number, now: number): string | null {
  const day = cached(`o${locale}`, () => {
    return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' });
  });
  const text = day.format(new Date(at));
  return text === day.format(now) ? null : text;
}

export function dateTime(locale: string, at: string | number): string {
  return cached(`d${locale}`, () => {
    return new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  }).format(new Date(at));
}

/** 14:30 */
export function hourAndMinute(locale: string, at: string | number): string {
  return cached(`h${locale}`, () => {
    return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }).format(new Date(at));
}

/** Mon 14:30 */
export function weekdayAndHour(locale: string, at: string | number): string {
  return cached(`w${locale}`, () => {
    return new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }).format(new Date(at));
}

const UNITS: [limit: number, divisor: number, unit: string][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Number.POSITIVE_INFINITY, 86_400, 'day'],
];

/** "4 sec", "2 min", "3 hr": how long ago, in its largest unit. */
export function age(locale: string, milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [, divisor, unit] = UNITS.find(([limit]) => seconds < limit) as (typeof UNITS)[number];
  return cached(`a${locale}${unit}`, () => {
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
  }).format(Math.floor(seconds / divisor));
}

/** "214 ms", "35.0 s": how long an answer took. */
export const latency = (locale: string, milliseconds: number): string =>
  milliseconds < 10_000 ? `${number(locale, milliseconds)} ms` : `${number(locale, milliseconds / 1000, 1)} s`;

/** 0:01:38, or 26:04:09 when it goes on for longer than a day: hours, minutes, seconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

export const kilowattHours = (locale: string, wattHours: number): string =>
  `${number(locale, wattHours / 1000, 2)} kWh`;
export const kilowatts = (locale: string, watts: number): string => `${number(locale, watts / 1000, 1)} kW`;

/** As it goes into tickets: the exact instant, UTC with milliseconds. */
export const exact = (at: string | number): string => new Date(at).toISOString();

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "512 byte", "3.2 MB". */
export function bytes(locale: string, count: number): string {
  const power = count < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(count) / 3));
  const unit = BYTE_UNITS[power] ?? 'byte';
  return cached(`b${locale}${unit}`, () => {
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: power === 0 ? 0 : 1,
    });
  }).format(count / 1000 ** power);
}
