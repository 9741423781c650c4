import { describe, expect, it } from 'vitest';
import { createRedactor } from './redactor.ts';
import { createSensitiveValues, REDACTED, type Redacted } from './sensitive-values.ts';

const actionOf = (frame: string): string | null => /^\[2,"\d+","(\w+)"/.exec(frame)?.[1] ?? null;

const redactorOf = (frames: string[], kinds: readonly Redacted[] = REDACTED, key = Buffer.alloc(32, 1)) => {
  const values = createSensitiveValues(new Set(kinds));
  for (const frame of frames) values.learn({ thingName: 'CP-0421', action: actionOf(frame), frame });
  return createRedactor(values.found, key);
};

describe('redaction', () => {
  it('gives a value the same pseudonym everywhere, and touches nothing else', () => {
    const frames = [
      '[2,"1","Authorize",{"idTag":"CARD-1"}]',
      '[2,"2","TransactionEvent",{"idToken":{"idToken":"CARD-1","type":"ISO14443"},"seqNo":1}]',
    ];
    const redactor = redactorOf(frames);
    const [first = '', second] = frames.map((frame) => redactor.frame(frame));
    const pseudonym = /token-[0-9a-f]{10}/.exec(first)?.[0] ?? 'none';
    expect(first).toBe(`[2,"1","Authorize",{"idTag":"${pseudonym}"}]`);
    expect(second).toBe(
      `[2,"2","TransactionEvent",{"idToken":{"idToken":"${pseudonym}","type":"ISO14443"},"seqNo":1}]`,
    );
    expect(redactor.frame('[2,"3","Authorize",{"idTag":"\\u0043ARD-1"}]')).toContain(pseudonym);
    expect(redactor.text('Card card-1 was refused')).toBe(`Card ${pseudonym} was refused`);
    const other = createRedactor(new Map([['CARD-1', 'tokens']]), Buffer.alloc(32, 2));
    expect(other.text('CARD-1')).not.toBe(pseudonym);
  });

  it('knows the members and the keys that hold such values, in texts within texts, too', () => {
    const frames = [
      '[2,"1","BootNotification",{"chargePointSerialNumber":"SER-1001","meterSerialNumber":"MTR-2002","iccid":"8981100000000000001"}]',
      '[3,"2",{"configurationKey":[{"key":"EVSESerialNumber","readonly":true,"value":"KEY-3003"}]}]',
      '[2,"3","NotifyReport",{"reportData":[{"component":{"name":"EVSE"},"variable":{"name":"SerialNumber"},"variableAttribute":[{"value":"VAR-4004"}]}]}]',
      '[2,"4","DataTransfer",{"vendorId":"x","data":"{\\"idTag\\":\\"INNER-5005\\"}"}]',
      '{"remoteAddress":"192.0.2.17","protocol":"ocpp1.6"}',
      '[2,"5","Authorize",{"idTag":"CUT-6006"',
    ];
    const redactor = redactorOf(frames);
    const all = frames.map((frame) => redactor.frame(frame)).join('\n');
    for (const value of [
      'SER-1001',
      'MTR-2002',
      '8981100000000000001',
      'KEY-3003',
      'VAR-4004',
      'INNER-5005',
      '192.0.2.17',
      'CUT-6006',
    ]) {
      expect(all).not.toContain(value);
    }
    for (const frame of frames.slice(0, -1)) expect(() => JSON.parse(redactor.frame(frame))).not.toThrow();
    expect(all).toContain('"protocol":"ocpp1.6"');
  });

  it('hides what a customer is told about, and what opens an address', () => {
    const frames = [
      '[2,"1","NotifyCustomerInformation",{"data":"Jo Smith, 1 High St","seqNo":0}]',
      '[2,"2","CustomerInformation",{"requestId":1,"report":true,"clear":false,"customerIdentifier":"CUST-7007"}]',
      '[2,"3","GetLog",{"log":{"remoteLocation":"https://bucket.example/a/log.txt?X-Sig=0a1b2c3d&e=1"},"requestId":1}]',
    ];
    const all = frames.map((frame) => redactorOf(frames).frame(frame)).join('\n');
    for (const value of ['Jo Smith', 'CUST-7007', '0a1b2c3d']) expect(all).not.toContain(value);
    expect(all).toContain('"https://bucket.example/a/log.txt?•••"');
  });

  it('leaves what is not asked for', () => {
    const frames = [
      '[2,"1","BootNotification",{"chargePointSerialNumber":"SER-1001"}]',
      '[2,"2","Authorize",{"idTag":"CARD-1"}]',
    ];
    expect(redactorOf(frames, ['tokens']).frame(frames[0] ?? '')).toBe(frames[0]);
    expect(redactorOf(frames, ['serials']).frame(frames[1] ?? '')).toBe(frames[1]);
    expect(redactorOf(frames, ['names']).text('CP-0421')).toMatch(/^cp-/);
  });

  it('does not take a part of a word or of a number for a short value', () => {
    const redactor = redactorOf(['[2,"1","Authorize",{"idTag":"4711"}]']);
    expect(redactor.frame('[2,"2","MeterValues",{"value":"147110","n":47110,"info":"x4711"}]')).toBe(
      '[2,"2","MeterValues",{"value":"147110","n":47110,"info":"x4711"}]',
    );
    expect(redactor.text('card 4711, again')).toMatch(/^card token-\w+, again$/);
  });

  it('finds a value in hex and in base64, also within something larger', () => {
    const value = 'DE*ABC*C12345678*9';
    const redactor = redactorOf([JSON.stringify([2, '1', 'Authorize', { idTag: value }])]);
    for (let before = 0; before < 6; before += 1) {
      const bytes = Buffer.from(`${'x'.repeat(before)}${value}yz`);
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const text = redactor.frame(JSON.stringify({ data: `a ${bytes.toString(encoding)} b` }));
        for (const word of text.split(/[^\w+/=-]+/)) {
          expect(Buffer.from(word, encoding).toString('latin1'), `${encoding} ${before}`).not.toContain(value);
        }
      }
    }
    expect(redactor.text(Buffer.from(value).toString('hex').toUpperCase())).toMatch(/^token-/);
  });
});
