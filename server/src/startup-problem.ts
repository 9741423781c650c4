import type { Config } from './config/config.ts';
import { SettingError } from './config/parsers.ts';
import { DataDirInUseError } from './data-dir.ts';
import { DatabaseError } from './database/engine.ts';

/** One line for whoever starts the program: what could not be had, and which setting says so. */
export function startupProblem(
  error: unknown,
  config: Pick<Config, 'host' | 'port' | 'dataDir' | 'databaseUrl' | 'mqttListen' | 'tls'>,
): string {
  if (error instanceof DataDirInUseError) return `DATA_DIR: ${config.dataDir} is in use by another running server`;
  if (error instanceof SettingError) return error.message;
  if (config.databaseUrl !== null && error instanceof DatabaseError) return `DATABASE_URL: ${error.message}`;
  const { code, message, path, port } = describe(error);
  const isMqtt = port !== null && port === config.mqttListen?.port && port !== config.port;
  const address = isMqtt
    ? `MQTT_LISTEN: ${config.mqttListen?.host}:${port}`
    : port !== null && port === config.tls?.port
      ? `HOST and OCPP_TLS_PORT: ${config.host}:${port}`
      : `HOST and PORT: ${config.host}:${config.port}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${address} is in use by another program`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine`;
    case 'ENOTFOUND':
      return `${address} is not known as an address`;
    case 'ENOENT':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOSPC':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      if (port !== null) return `${address} may not be opened by this user`;
      return `DATA_DIR: can not write to ${path ?? config.dataDir} (${code})`;
    default:
      return `Can not start: ${message}`;
  }
}

function describe(error: unknown): { code: string | null; message: string; path: string | null; port: number | null } {
  const members: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    code: text(members.code),
    message: error instanceof Error ? error.message : String(error),
    path: text(members.path),
    port: typeof members.port === 'number' ? members.port : null,
  };
}
