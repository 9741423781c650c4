import type { Setting } from './configuration.ts';
import { CONNECTORS } from './hardware.ts';

const readOnly = (name: string, value: string, dataType: Setting['dataType'] = 'string'): Setting => ({
  name,
  value,
  access: 'read-only',
  dataType,
});
const integer = (name: string, value: string): Setting => ({ name, value, access: 'read-write', dataType: 'integer' });
const boolean = (name: string, value: string): Setting => ({ name, value, access: 'read-write', dataType: 'boolean' });
const text = (name: string, value: string): Setting => ({ name, value, access: 'read-write', dataType: 'string' });

/** The configuration keys of a simulated 1.6 charge point. @see OCPP 1.6 §9 */
export const SETTINGS_16: readonly Setting[] = [
  { ...text('AuthorizationKey', ''), access: 'write-only' },
  boolean('AuthorizeRemoteTxRequests', 'false'),
  integer('ClockAlignedDataInterval', '0'),
  integer('ConnectionTimeOut', '60'),
  readOnly('ConnectorPhaseRotation', '0.RST,1.RST,2.RST'),
  text('CpoName', ''),
  readOnly('GetConfigurationMaxKeys', '50', 'integer'),
  integer('HeartbeatInterval', '0'),
  boolean('LocalAuthListEnabled', 'true'),
  readOnly('LocalAuthListMaxLength', '100', 'integer'),
  boolean('LocalAuthorizeOffline', 'true'),
  boolean('LocalPreAuthorize', 'false'),
  integer('MeterValueSampleInterval', '5'),
  text('MeterValuesSampledData', 'Energy.Active.Import.Register,Power.Active.Import,SoC,Current.Import'),
  readOnly('NumberOfConnectors', String(CONNECTORS.length), 'integer'),
  integer('ResetRetries', '3'),
  { ...integer('SecurityProfile', '0'), needsReboot: true },
  boolean('StopTransactionOnEVSideDisconnect', 'true'),
  boolean('StopTransactionOnInvalidId', 'true'),
  readOnly(
    'SupportedFeatureProfiles',
    'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
  ),
  integer('TransactionMessageAttempts', '3'),
  integer('TransactionMessageRetryInterval', '60'),
  boolean('UnlockConnectorOnEVSideDisconnect', 'true'),
  { ...integer('WebSocketPingInterval', '60'), needsReboot: true },
];
