import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { SETTINGS_2 } from './settings-v2.ts';
import { SETTINGS_16 } from './settings-v16.ts';

export type Access = 'read-write' | 'read-only' | 'write-only';

export interface Setting {
  /** 1.6: the configuration key. 2.x: `Component/Variable`, with instances and place where they have them. */
  name: string;
  value: string;
  access: Access;
  dataType: 'integer' | 'decimal' | 'boolean' | 'string' | 'dateTime' | 'OptionList' | 'MemberList' | 'SequenceList';
  unit?: string;
  minLimit?: number;
  maxLimit?: number;
  valuesList?: string;
  /** A new value takes effect at the next boot. */
  needsReboot?: true;
}

export type ChangeOutcome = 'changed' | 'changed-for-next-boot' | 'unknown' | 'read-only' | 'bad-value';

/** The few settings that a simulated charge point has, kept in memory. */
export interface Configuration {
  all(): Setting[];
  /** Names are taken without regard to case. */
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

export function createConfiguration(version: OcppVersion): Configuration {
  const initial = version === 'ocpp1.6' ? SETTINGS_16 : SETTINGS_2;
  const settings = new Map(initial.map((setting) => [setting.name.toLowerCase(), { ...setting }]));
  const listeners = new Set<(setting: Setting) => void>();
  return {
    all: () => [...settings.values()],
    get: (name) => settings.get(name.toLowerCase()),
    number(name, fallback) {
      const value = Number(settings.get(name.toLowerCase())?.value);
      return Number.isFinite(value) && value > 0 ? value : fallback;
    },
    change(name, value) {
      const setting = settings.get(name.toLowerCase());
      if (setting === undefined) return 'unknown';
      if (setting.access === 'read-only') return 'read-only';
      if (!fits(setting, value)) return 'bad-value';
      setting.value = value;
      for (const listener of listeners) listener(setting);
      return setting.needsReboot ? 'changed-for-next-boot' : 'changed';
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function fits({ dataType, minLimit, maxLimit, valuesList }: Setting, value: string): boolean {
  const isNumber = dataType === 'integer' ? /^-?\d{1,9}$/.test(value) : /^-?\d+(\.\d+)?$/.test(value);
  const among = (valuesList ?? value).split(',');
  switch (dataType) {
    case 'integer':
    case 'decimal':
      return isNumber && Number(value) >= (minLimit ?? 0) && Number(value) <= (maxLimit ?? Number.POSITIVE_INFINITY);
    case 'boolean':
      return /^(true|false)$/i.test(value);
    case 'OptionList':
      return among.includes(value);
    case 'MemberList':
    case 'SequenceList':
      return value.split(',').every((each) => among.includes(each));
    default:
      return true;
  }
}
