import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { hasMosquitto, startMosquitto } from '../../server/src/bus/testing/mosquitto.ts';
import { startProduct } from '../fixtures/product.ts';

const [python = 'python3'] = process.argv.slice(2);

/** @returns how it ended: 0 when everything was as it should be */
async function check(settings: Record<string, string>): Promise<number> {
  const token = randomBytes(24).toString('hex');
  const product = await startProduct({ ADMIN_TOKEN: token, ...settings });
  const script = join(import.meta.dirname, 'check.py');
  const child = spawn(python, [script, product.ocppUrl, `${product.url}/api/v1`, token], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  await product.dispose();
  return code ?? 1;
}

async function checkOverBroker(): Promise<number> {
  const mosquitto = await startMosquitto();
  console.log('The same over Mosquitto:');
  const code = await check({ IOT_BACKEND: 'mqtt', MQTT_URL: `mqtt://127.0.0.1:${mosquitto.port}` });
  await mosquitto.dispose();
  return code;
}

process.exitCode = (await check({})) || (hasMosquitto ? await checkOverBroker() : 0);
