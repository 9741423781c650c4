import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { startProduct } from '../fixtures/product.ts';

const [python = 'python3'] = process.argv.slice(2);
const token = randomBytes(24).toString('hex');
const product = await startProduct({ ADMIN_TOKEN: token });
const script = join(import.meta.dirname, 'check.py');
const child = spawn(python, [script, product.ocppUrl, `${product.url}/api/v1`, token], { stdio: 'inherit' });
const [code] = (await once(child, 'exit')) as [number | null];
await product.dispose();
process.exitCode = code ?? 1;
