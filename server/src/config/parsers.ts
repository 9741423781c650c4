import { isIP } from 'node:net';

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

/** @returns it without a slash at its end */
export function webSocketUrl(text: string): string {
  if (/^wss?:\/\/[^\s/@?#]+(\/[\w.~-]+)*\/?$/.test(text) && URL.canParse(text)) return text.replace(/\/$/, '');
  throw new SettingError(`must be an address like wss://ocpp.example.com/ocpp, not ${quote(text)}`);
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

const TLS_MODES = new Set(['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full']);
const TLS_OPTIONS = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey']);

/** Never quotes the value: it has a password. */
export function postgresUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOne = url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== '';
  const names = isOne ? [url.username, url.password, url.pathname] : [];
  if (!isOne || !/^\/[^/]+$/.test(url.pathname) || names.some((name) => !isDecodable(name))) {
    throw new SettingError(
      'must be like postgres://user:password@db.example:5432/console, with %-escapes for what is special in an address',
    );
  }
  const unknown = [...url.searchParams.keys()].find((name) => !TLS_OPTIONS.has(name));
  if (unknown !== undefined)
    throw new SettingError(`may end with ${listOf([...TLS_OPTIONS])}, not with ${quote(unknown)}`);
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && !TLS_MODES.has(mode))
    throw new SettingError(`has an sslmode that is not ${listOf([...TLS_MODES])}`);
  return text;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Addresses and networks with commas between them. */
export function networks(text: string): string[] {
  return text.split(',').map((part) => {
    const [address = '', bits, more] = part.trim().split('/');
    const longest = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const isOne = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
    if (longest > 0 && isOne && more === undefined) return part.trim();
    throw new SettingError(`must be addresses and networks like 10.0.0.0/16,::1, not ${quote(text)}`);
  });
}

/** 32 bytes. Never quotes the value. */
export function key(text: string): Buffer {
  if (/^[A-Za-z0-9+/]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  throw new SettingError('must be 32 bytes as base64, as `base64 credentials.key` writes them');
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
