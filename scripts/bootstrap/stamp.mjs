import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './run.mjs';

/**
 * A hash over the contents and names of files and folders; what does not exist counts as empty.
 * @param {string[]} paths relative to the root
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, inRoot(path), path);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path @param {string} name */
function addTo(hash, path, name) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    hash.update(`${name}\0`).update(readFileSync(path));
    return;
  }
  for (const entry of readdirSync(path).sort()) addTo(hash, join(path, entry), `${name}/${entry}`);
}

const stampFile = (/** @type {string} */ name) => inRoot('.cache', `${name}.stamp`);

/** Whether the step was done for this very input. @param {string} name @param {string} hash */
export function isFresh(name, hash) {
  const file = stampFile(name);
  return existsSync(file) && readFileSync(file, 'utf8') === hash;
}

/** @param {string} name @param {string} hash */
export function setStamp(name, hash) {
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(stampFile(name), hash);
}
