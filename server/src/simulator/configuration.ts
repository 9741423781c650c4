import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { CONNECTORS } from './hardware.ts';

export type Access = 'read-write' | 'read-only' | 'write-only';

export interface Setting {
  /** 1.6: the configuration key. 2.x: `Component/Variable`. */
  name: string;
  value: string;
  access: Access;
  dataType: 'integer' | 'boolean' | 'string';
}

export type ChangeOutcome = 'changed' | 'unknown' | 'read-only' | 'bad-value';

/** The few settings that a simulated charge point has, kept in memory. */
export interface Configuration {
  all(): Setting[];
  get(name: string): Setting | undefined;
  /** The value as a number, or `fallback` when there is none. */
  number(name: string, fallback: number): number;
  change(name: string, value: string): ChangeOutcome;
  onChange(listener: (setting: Setting) => void): () => void;
}

export const HEARTBEAT_INTERVAL: Record<OcppVersion, string> = {
  'ocpp1.6': 'HeartbeatInterval',
  'ocpp2.0.1': 'OCPPCommCtrlr/HeartbeatInterval',
  'ocpp2.1': 'OCPPCommCtrlr/HeartbeatInterval',
};

export const METER_INTERVAL: Record<OcppVersion, string> = {
  'ocpp1.6': 'MeterValueSampleInterval',
  'ocpp2.0.1': 'SampledDataCtrlr/TxUpdatedInterval',
  'ocpp2.1': 'SampledDataCtrlr/TxUpdatedInterval',
};

export const PASSWORD_SETTING: Record<OcppVersion, string> = {
  'ocpp1.6': 'AuthorizationKey',
  'ocpp2.0.1': 'SecurityCtrlr/BasicAuthPassword',
  'ocpp2.1': 'SecurityCtrlr/BasicAuthPassword',
};

const SETTINGS_16: Setting[] = [
  { name: 'AuthorizationKey', value: '', access: 'write-only', dataType: 'string' },
  { name: 'AuthorizeRemoteTxRequests', value: 'false', access: 'read-write', dataType: 'boolean' },
  { name: 'ConnectionTimeOut', value: '60', access: 'read-write', dataType: 'integer' },
  { name: 'HeartbeatInterval', value: '0', access: 'read-write', dataType: 'integer' },
  { name: 'LocalAuthListMaxLength', value: '100', access: 'read-only', dataType: 'integer' },
  { name: 'MeterValueSampleInterval', value: '5', access: 'read-write', dataType: 'integer' },
  {
    name: 'MeterValuesSampledData',
    value: 'Energy.Active.Import.Register,Power.Active.Import,SoC,Current.Import',
    access: 'read-write',
    dataType: 'string',
  },
  { name: 'NumberOfConnectors', value: String(CONNECTORS.length), access: 'read-only', dataType: 'integer' },
  {
    name: 'SupportedFeatureProfiles',
    value: 'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
    access: 'read-only',
    dataType: 'string',
  },
  { name: 'WebSocketPingInterval', value: '60', access: 'read-write', dataType: 'integer' },
];

const SETTINGS_2: Setting[] = [
  { name: 'AuthCtrlr/AuthorizeRemoteStart', value: 'false', access: 'read-write', dataType: 'boolean' },
  { name: 'ChargingStation/AvailabilityState', value: 'Available', access: 'read-only', dataType: 'string' },
  { name: 'LocalAuthListCtrlr/Enabled', value: 'true', access: 'read-write', dataType: 'boolean' },
  { name: 'OCPPCommCtrlr/HeartbeatInterval', value: '0', access: 'read-write', dataType: 'integer' },
  { name: 'OCPPCommCtrlr/WebSocketPingInterval', value: '60', access: 'read-write', dataType: 'integer' },
  { name: 'SampledDataCtrlr/TxUpdatedInterval', value: '5', access: 'read-write', dataType: 'integer' },
  { name: 'SecurityCtrlr/BasicAuthPassword', value: '', access: 'write-only', dataType: 'string' },
  { name: 'SecurityCtrlr/SecurityProfile', value: '0', access: 'read-only', dataType: 'integer' },
  { name: 'TxCtrlr/EVConnectionTimeOut', value: '60', access: 'read-write', dataType: 'integer' },
];

export function createConfiguration(version: OcppVersion): Configuration {
  const initial = version === 'ocpp1.6' ? SETTINGS_16 : SETTINGS_2;
  const settings = new Map(initial.map((setting) => [setting.name, { ...setting }]));
  const listeners = new Set<(setting: Setting) => void>();
  return {
    all: () => [...settings.values()],
    get: (name) => settings.get(name),
    number(name, fallback) {
      const value = Number(settings.get(name)?.value);
      return Number.isFinite(value) && value > 0 ? value : fallback;
    },
    change(name, value) {
      const setting = settings.get(name);
      if (setting === undefined) return 'unknown';
      if (setting.access === 'read-only') return 'read-only';
      if (!fits(setting, value)) return 'bad-value';
      setting.value = value;
      for (const listener of listeners) listener(setting);
      return 'changed';
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function fits({ dataType }: Setting, value: string): boolean {
  if (dataType === 'integer') return /^\d{1,9}$/.test(value);
  if (dataType === 'boolean') return /^(true|false)$/i.test(value);
  return true;
}
