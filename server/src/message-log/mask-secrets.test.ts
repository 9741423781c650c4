import { expect, it } from 'vitest';
import { maskRow, maskSecrets } from './mask-secrets.ts';

it.each([
  ['[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"c0ffee01"}]'],
  ['[2,"1","ChangeConfiguration",{"value":"c0ffee01","key":"authorizationkey"}]'],
  [
    '[2,"1","SetVariables",{"setVariableData":[{"attributeValue":"c0ffee01","component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"}}]}]',
  ],
  [
    '[3,"1",{"getVariableResult":[{"attributeValue":"c0ffee01","variable":{"name":"BasicAuthPassword"},"attributeStatus":"Accepted"}]}]',
  ],
  [
    '[2,"1","NotifyReport",{"reportData":[{"variable":{"name":"BasicAuthPassword"},"variableAttribute":[{"value":"c0ffee01"}]}]}]',
  ],
  [
    '[2,"1","SetNetworkProfile",{"connectionData":{"basicAuthPassword":"c0ffee01","apn":{"apnPassword":"c0ffee01"},"vpn":{"password":"c0ffee01","key":"k"}}}]',
  ],
  ['[2,"1","GetDiagnostics",{"location":"ftp://user:c0ffee01@host/path"}]'],
  [`[2,"1","GetLog",{"log":{"remoteLocation":"http://host/uploads/c0ffee01${'a'.repeat(35)}/a.log"}}]`],
  [`[2,"1","X",{"echo":"http:\\/\\/host\\/firmware\\/c0ffee01${'a'.repeat(35)}"}]`],
  ['[2,"1","X",{"password" : "c0ff\\"ee01 c0ffee01"}]'],
  ['[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"c0ffee01\\u00e9"}]'],
  ['[2,"1","ChangeConfiguration",{"key":"\\u0041uthorizationKey","value":"c0ffee01"}]'],
  ['[2,"1","X",{"pass\\u0077ord":"c0ffee01"}]'],
  ['[2,"1","DataTransfer",{"data":"{\\"password\\":\\"c0ffee01\\",\\"n\\":1}"}]'],
  ['{"reason":"schema","frame":"[2,\\"1\\",\\"X\\",{\\"key\\":\\"AuthorizationKey\\",\\"value\\":\\"c0ffee01\\"}]"}'],
  ['[2,"1","DataTransfer",{"data":"[{\\"in\\":\\"{\\\\\\"secret\\\\\\":\\\\\\"c0ffee01\\\\\\"}\\"}]"}]'],
])('hides the secret in %s', (frame) => {
  const { frame: shown, masked } = maskSecrets(frame);
  expect(masked).toBe(true);
  expect(shown).not.toContain('c0ffee01');
  expect(shown).not.toContain('ee01');
  expect(() => JSON.parse(shown)).not.toThrow();
});

it.each([
  '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"c0ffee01"}',
  '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"c0ffee01',
  '[2,"1","X",{"password":"c0ffee01',
  '{"key":"\\u0041uthorizationKey","value":"c0ffee01\\q"',
])('hides the secret in what is no JSON: %s', (frame) => {
  expect(maskSecrets(frame).frame).not.toContain('c0ffee01');
});

it('hides a key for a VPN and any variable whose name says that it is secret', () => {
  const frame =
    '[2,"1","X",{"vpn":{"server":"s","key":"c0ffee01"},"d":[{"variable":{"name":"ApnPassword"},"attributeValue":"c0ffee02"}]}]';
  expect(maskSecrets(frame).frame).toBe(
    '[2,"1","X",{"vpn":{"server":"s","key":"•••"},"d":[{"variable":{"name":"ApnPassword"},"attributeValue":"•••"}]}]',
  );
});

const ROW = { direction: 'in', messageId: '1', latencyMs: null, errorCode: null, thingName: 'CP1', at: 0 } as const;

it('a row is looked at unless its action has no place for secrets and it keeps to the rules', () => {
  const frame = '[2,"1","Heartbeat",{"password":"c0ffee01"}]';
  const row = { ...ROW, connectionId: 'c', kind: 'call', action: 'Heartbeat', frame, violations: null } as const;
  expect(maskRow(row)).toBe(frame);
  const violations = [{ path: '/password', rule: 'additionalProperties', message: 'm', code: 'FormatViolation' }];
  expect(maskRow({ ...row, violations } as Parameters<typeof maskRow>[0])).not.toContain('c0ffee01');
  expect(maskRow({ ...row, action: 'DataTransfer' })).not.toContain('c0ffee01');
  expect(maskRow({ ...row, frame: '[2,"1","Heartbeat",{"customData":{"password":"c0ffee01"}}]' })).not.toContain(
    'c0ffee',
  );
});

it.each([
  ['[2,"1","Heartbeat",{}]'],
  ['[2,"1","ChangeConfiguration", {"key":"HeartbeatInterval","value":"60"}]'],
  ['[2,"1","GetConfiguration",{"key":["AuthorizationKey"]}]'],
  ['[2,"1","DataTransfer",{"data":"{ \\"topic\\":\\"password\\"}"}]'],
  ['[2,"1","GetDiagnostics",{"location":"http://host/firmware/v1.2/uploads/image.bin"}]'],
  ['not json at all'],
])('leaves %s as it is', (frame) => {
  expect(maskSecrets(frame)).toEqual({ frame, masked: false });
});
