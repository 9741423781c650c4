import { expect, it } from 'vitest';
import { faultInWords, reasonInWords } from './reasons.ts';

it('says what is wrong in words, whatever form the client gives it', () => {
  expect(faultInWords({ error_name: 'AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE' })).toMatch(/^TLS failed: .*MQTT_CA/);
  expect(faultInWords('libaws-c-mqtt: AWS_ERROR_MQTT_TIMEOUT, Time limit exceeded.')).toBe('no answer in time');
  expect(faultInWords(new Error('something else'))).toBe('something else');
  expect(reasonInWords(0x97)).toBe('quota exceeded');
  expect(reasonInWords(0xee)).toBe('reason code 0xee');
});
