import type { Setting } from './configuration.ts';
import { CONNECTORS } from './hardware.ts';

const readOnly = (name: string, value: string, more: Partial<Setting> = {}): Setting => ({
  name,
  value,
  access: 'read-only',
  dataType: 'string',
  ...more,
});
const integer = (name: string, value: string, more: Partial<Setting> = {}): Setting => ({
  name,
  value,
  access: 'read-write',
  dataType: 'integer',
  ...more,
});
const boolean = (name: string, value: string): Setting => ({ name, value, access: 'read-write', dataType: 'boolean' });

const AVAILABILITY = { dataType: 'OptionList', valuesList: 'Available,Occupied,Reserved,Unavailable,Faulted' } as const;
const CONTEXT = 'Energy.Active.Import.Register,Power.Active.Import,SoC,Current.Import,Voltage';

/** The device model of a simulated 2.x charging station: `Component[instance]@evse.connector/Variable[instance]`. */
export const SETTINGS_2: readonly Setting[] = [
  boolean('AlignedDataCtrlr/Enabled', 'true'),
  integer('AlignedDataCtrlr/Interval', '0', { unit: 's', minLimit: 0 }),
  boolean('AuthCtrlr/AuthorizeRemoteStart', 'false'),
  boolean('AuthCtrlr/Enabled', 'true'),
  boolean('AuthCtrlr/LocalAuthorizeOffline', 'true'),
  boolean('AuthCtrlr/LocalPreAuthorize', 'false'),
  readOnly('ChargingStation/AvailabilityState', 'Available', AVAILABILITY),
  readOnly('ChargingStation/Available', 'true', { dataType: 'boolean' }),
  readOnly('ChargingStation/Model', 'ABC 123'),
  readOnly('ChargingStation/SupplyPhases', '3', { dataType: 'integer' }),
  readOnly('ChargingStation/VendorName', 'Acme'),
  readOnly('ClockCtrlr/DateTime', '2026-01-01T00:00:00Z', { dataType: 'dateTime' }),
  integer('ClockCtrlr/NtpServerUri', '', { dataType: 'string' }),
  integer('ClockCtrlr/TimeZone', 'Europe/Berlin', { dataType: 'string' }),
  readOnly('DeviceDataCtrlr/ItemsPerMessage[GetReport]', '20', { dataType: 'integer' }),
  readOnly('DeviceDataCtrlr/ItemsPerMessage[GetVariables]', '20', { dataType: 'integer' }),
  readOnly('DeviceDataCtrlr/ItemsPerMessage[SetVariables]', '20', { dataType: 'integer' }),
  ...CONNECTORS.flatMap((evse) => [
    readOnly(`EVSE@${evse}/AvailabilityState`, 'Available', AVAILABILITY),
    readOnly(`EVSE@${evse}/Available`, 'true', { dataType: 'boolean' }),
    readOnly(`EVSE@${evse}/Power`, '11040', { dataType: 'decimal', unit: 'W', maxLimit: 11_040 }),
    readOnly(`EVSE@${evse}/SupplyPhases`, '3', { dataType: 'integer' }),
    readOnly(`Connector@${evse}.1/AvailabilityState`, 'Available', AVAILABILITY),
    readOnly(`Connector@${evse}.1/Available`, 'true', { dataType: 'boolean' }),
    readOnly(`Connector@${evse}.1/ConnectorType`, 'cType2'),
  ]),
  boolean('LocalAuthListCtrlr/Enabled', 'true'),
  readOnly('LocalAuthListCtrlr/Entries', '0', { dataType: 'integer', maxLimit: 100 }),
  integer('OCPPCommCtrlr/HeartbeatInterval', '0', { unit: 's', minLimit: 0 }),
  integer('OCPPCommCtrlr/MessageAttempts[TransactionEvent]', '3', { minLimit: 0, maxLimit: 10 }),
  integer('OCPPCommCtrlr/NetworkConfigurationPriority', '0', { dataType: 'SequenceList', needsReboot: true }),
  integer('OCPPCommCtrlr/OfflineThreshold', '60', { unit: 's', minLimit: 0 }),
  integer('OCPPCommCtrlr/ResetRetries', '3', { minLimit: 0, maxLimit: 10 }),
  integer('OCPPCommCtrlr/RetryBackOffRandomRange', '10', { unit: 's', minLimit: 0 }),
  integer('OCPPCommCtrlr/WebSocketPingInterval', '60', { unit: 's', minLimit: 0, needsReboot: true }),
  integer('SampledDataCtrlr/TxUpdatedInterval', '5', { unit: 's', minLimit: 0 }),
  integer('SampledDataCtrlr/TxUpdatedMeasurands', CONTEXT, { dataType: 'MemberList', valuesList: CONTEXT }),
  integer('SecurityCtrlr/BasicAuthPassword', '', { access: 'write-only', dataType: 'string' }),
  integer('SecurityCtrlr/Identity', 'CP1', { dataType: 'string', needsReboot: true }),
  integer('SecurityCtrlr/OrganizationName', '', { dataType: 'string' }),
  readOnly('SecurityCtrlr/SecurityProfile', '0', { dataType: 'integer' }),
  boolean('SmartChargingCtrlr/Enabled', 'true'),
  integer('TariffCostCtrlr/Currency', 'EUR', { dataType: 'string' }),
  integer('TxCtrlr/EVConnectionTimeOut', '60', { unit: 's', minLimit: 0 }),
  boolean('TxCtrlr/StopTxOnEVSideDisconnect', 'true'),
  boolean('TxCtrlr/StopTxOnInvalidId', 'true'),
  integer('TxCtrlr/TxStartPoint', 'Authorized,EVConnected', {
    dataType: 'MemberList',
    valuesList: 'ParkingBayOccupancy,EVConnected,Authorized,DataSigned,PowerPathClosed,EnergyTransfer',
  }),
];
