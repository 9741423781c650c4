import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame } from './decode-frame.ts';
import { encodeCall, encodeError, encodeResult, encodeResultError, encodeSend } from './encode-frame.ts';
import { OCPP_VERSIONS, type OcppVersion } from './frame.ts';

/** `id:Code` of the CALLERROR that a text asks for, `drop`, or the kind of the frame. */
function outcome(text: string, version: OcppVersion): string {
  const decoded = decodeFrame(text, version);
  if (decoded.ok) return decoded.frame.kind;
  return decoded.answer === null ? 'drop' : `${decoded.answer.messageId}:${decoded.answer.code}`;
}

const UNREADABLE = '-1:RpcFrameworkError';
const LONG_ID = 'x'.repeat(37);

describe('what a text is in 1.6, 2.0.1 and 2.1', () => {
  test.each<[string, string, string, string]>([
    ['[2,"a","Heartbeat",{}]', 'call', 'call', 'call'],
    [' [ 2 , "a" , "Heartbeat" , { } ] ', 'call', 'call', 'call'],
    ['[3,"a",{}]', 'result', 'result', 'result'],
    ['[4,"a","GenericError","",{}]', 'error', 'error', 'error'],
    ['[4,"a","GenericError"]', 'error', 'error', 'error'],
    ['[4,"a","GenericError",null,null]', 'error', 'error', 'error'],
    ['[5,"a","GenericError","",{}]', 'drop', 'a:MessageTypeNotSupported', 'result-error'],
    ['[6,"a","NotifyPeriodicEventStream",{}]', 'drop', 'a:MessageTypeNotSupported', 'send'],
    ['[7,"a","X",{}]', 'drop', 'a:MessageTypeNotSupported', 'drop'],
    ['[7,1]', 'drop', '-1:MessageTypeNotSupported', 'drop'],
    ['', 'drop', UNREADABLE, UNREADABLE],
    ['null', 'drop', UNREADABLE, UNREADABLE],
    ['{}', 'drop', UNREADABLE, UNREADABLE],
    ['[]', 'drop', UNREADABLE, UNREADABLE],
    ['["2","a","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2.5,"a","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2,"a","Heartbeat",{}', 'drop', UNREADABLE, UNREADABLE],
    ['[2,"a\u0000","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2,"a\\u0000","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2,"\\ud800","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2,1,"Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    ['[2,"","Heartbeat",{}]', 'drop', UNREADABLE, UNREADABLE],
    [`[2,"${LONG_ID}","Heartbeat",{}]`, 'drop', UNREADABLE, UNREADABLE],
    ['[2,"a"]', 'a:RpcFrameworkError', 'a:RpcFrameworkError', 'a:RpcFrameworkError'],
    ['[2,"a","Heartbeat",{},1]', 'a:RpcFrameworkError', 'a:RpcFrameworkError', 'a:RpcFrameworkError'],
    ['[2,"a",7,{}]', 'a:RpcFrameworkError', 'a:RpcFrameworkError', 'a:RpcFrameworkError'],
    ['[2,"a","\\n",{}]', 'a:RpcFrameworkError', 'a:RpcFrameworkError', 'a:RpcFrameworkError'],
    ['[2,"a","Heartbeat",null]', 'a:FormatViolation', 'a:FormatViolation', 'a:FormatViolation'],
    ['[2,"a","Heartbeat",[]]', 'a:FormatViolation', 'a:FormatViolation', 'a:FormatViolation'],
    ['[2,"a","Heartbeat",{"x":1,"x":2}]', 'a:FormatViolation', 'a:FormatViolation', 'a:FormatViolation'],
    ['[2,"a","X",{"x":1,"\\u0078":2}]', 'a:FormatViolation', 'a:FormatViolation', 'a:FormatViolation'],
    ['[2,"a","X",{"x":[{"y":{"z":1,"z":1}}]}]', 'a:FormatViolation', 'a:FormatViolation', 'a:FormatViolation'],
    ['[2,"a","X",{"x":":,{\\"}"}]', 'call', 'call', 'call'],
    ['[2,"a","X",{"__proto__":{"y":1},"constructor":1}]', 'call', 'call', 'call'],
    ['[3,"a"]', 'drop', 'drop', 'drop'],
    ['[3,1,{}]', 'drop', 'drop', 'drop'],
    ['[3,"a",null]', 'drop', 'drop', 'drop'],
    ['[3,"a",{"x":1,"x":2}]', 'drop', 'drop', 'drop'],
    ['[4,"a"]', 'drop', 'drop', 'drop'],
    ['[4,"a",3,"",{}]', 'drop', 'drop', 'drop'],
    ['[4,"a","GenericError",{},{}]', 'drop', 'drop', 'drop'],
  ])('%j', (text, in16, in201, in21) => {
    expect(OCPP_VERSIONS.map((version) => outcome(text, version))).toEqual([in16, in201, in21]);
  });
});

describe('bounded', () => {
  test('60 KB of brackets are refused without recursion', () => {
    expect(outcome('['.repeat(60_000), 'ocpp2.0.1')).toBe('drop');
    expect(outcome(`[2,"a","X",${'['.repeat(60_000)}`, 'ocpp1.6')).toBe('a:FormatViolation');
  });

  test('32 levels are read, 33 are not', () => {
    const nested = (levels: number) => `[2,"a","X",${'{"x":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)}]`;
    expect(outcome(nested(32), 'ocpp2.1')).toBe('call');
    expect(outcome(nested(33), 'ocpp2.1')).toBe('a:FormatViolation');
  });

  test('more than 10,000 tokens are refused', () => {
    expect(outcome(`[2,"a","X",{"x":[${'1,'.repeat(9_000)}1]}]`, 'ocpp2.1')).toBe('call');
    expect(outcome(`[2,"a","X",{"x":[${'1,'.repeat(10_000)}1]}]`, 'ocpp2.1')).toBe('a:FormatViolation');
  });

  test('a defect never repeats the text', () => {
    const decoded = decodeFrame('[2,"a","X",{"password":"hunter2","password":"hunter2"}]', 'ocpp1.6');
    expect(JSON.stringify(decoded)).not.toContain('hunter2');
  });
});

test('nothing throws, and whatever JSON allows is read as it was written', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.json().map((json) => `[2,"a",${json}]`),
  );
  fc.assert(
    fc.property(anyText, fc.constantFrom(...OCPP_VERSIONS), (text, version) => {
      decodeFrame(text, version);
    }),
  );
  const payload = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
  fc.assert(
    fc.property(payload, (members) => {
      const text = encodeCall('a', 'DataTransfer', members);
      const decoded = decodeFrame(text, 'ocpp2.1');
      expect(decoded.ok && JSON.stringify(decoded.frame)).toBe(
        JSON.stringify({ kind: 'call', messageId: 'a', action: 'DataTransfer', payload: JSON.parse(text)[3] }),
      );
    }),
  );
});

describe('encoding', () => {
  test('frames are compact and keep the order of members', () => {
    expect(encodeCall('1', 'Reset', { type: 'Soft', a: undefined })).toBe('[2,"1","Reset",{"type":"Soft"}]');
    expect(encodeResult('1', { b: 1, a: 2 })).toBe('[3,"1",{"b":1,"a":2}]');
    expect(encodeSend('1', 'NotifyPeriodicEventStream', {})).toBe('[6,"1","NotifyPeriodicEventStream",{}]');
    expect(encodeResultError({ messageId: '1', code: 'FormatViolation' })).toBe('[5,"1","FormatViolation","",{}]');
  });

  test('an error is spelled as its version does, its description no longer than 255 characters', () => {
    expect(encodeError({ messageId: '1', code: 'FormatViolation' }, 'ocpp1.6')).toBe(
      '[4,"1","FormationViolation","",{}]',
    );
    const description = `${'x'.repeat(254)}😀`;
    const [, , , clipped] = JSON.parse(encodeError({ messageId: '1', code: 'InternalError', description }, 'ocpp2.1'));
    expect(clipped).toHaveLength(255);
    expect(clipped.isWellFormed()).toBe(true);
  });
});
