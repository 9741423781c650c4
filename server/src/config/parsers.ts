/** Reads one setting, or throws a SettingError that says what it should be. */
export type Parser<T> = (text: string) => T;

/** Ends a sentence that begins with the setting's name: `PORT` … `must be a whole number`. */
export class SettingError extends Error {}

export function text(text: string): string {
  return text;
}

export function wholeNumber(minimum: number, maximum: number): Parser<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new SettingError(`must be a whole number from ${minimum} to ${maximum}, not ${quote(text)}`);
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Parser<T> {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found !== undefined) return found;
    throw new SettingError(`must be ${listOf(values)}, not ${quote(text)}`);
  };
}

export function someOf<const T extends string>(...values: readonly T[]): Parser<ReadonlySet<T>> {
  return (text) => new Set(text.split(',').map((part) => oneOf(...values)(part.trim())));
}

export function hostAndPort(text: string): { host: string; port: number } {
  const match = /^(?:\[([\da-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host !== undefined && port <= 65_535) return { host, port };
  throw new SettingError(`must be an address and a port like 127.0.0.1:1883, not ${quote(text)}`);
}

export function urlPath(text: string): string {
  if (/^(\/[\w.~-]+)+$/.test(text) && !/^\/(api|docs|firmware|healthz|metrics|readyz|uploads)(\/|$)/.test(text))
    return text;
  throw new SettingError(`must be a path like /ocpp that nothing else uses, not ${quote(text)}`);
}

/** Never quotes the value: somebody may have put a password into it. */
export function brokerUrl(text: string): { host: string; port: number; tls: boolean } {
  const match = /^(mqtts?):\/\/(?:\[([\da-fA-F:.]+)\]|([\w.-]+))(?::(\d{1,5}))?\/?$/.exec(text);
  const host = match?.[2] ?? match?.[3];
  const tls = match?.[1] === 'mqtts';
  const port = Number(match?.[4] ?? (tls ? 8883 : 1883));
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port, tls };
  throw new SettingError(
    'must be like mqtt://broker.example:1883 or mqtts://broker.example:8883; user name and password have settings of their own',
  );
}

/** Never quotes the value. */
export function token(text: string): string {
  if (/^[\x21-\x7e]{16,}$/.test(text)) return text;
  throw new SettingError('must be at least 16 printable ASCII characters without spaces');
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function listOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}
