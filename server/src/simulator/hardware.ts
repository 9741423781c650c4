/** What a simulated charge point says it is. */
export interface Hardware {
  vendor: string;
  model: string;
  serialNumber: string;
  firmwareVersion: string;
  iccid: string;
  imsi: string;
}

export const DEFAULT_HARDWARE: Hardware = {
  vendor: 'Acme',
  model: 'ABC 123',
  serialNumber: 'S001',
  firmwareVersion: '10.9.8.ABC',
  iccid: '8901260882209870016',
  imsi: '310260123456789',
};

/** Both connectors are alike: three phases, 16 A. */
export const CONNECTORS = [1, 2] as const;
