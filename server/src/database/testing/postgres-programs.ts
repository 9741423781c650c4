import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const HOW_TO_GET_POSTGRES =
  "Nothing is tried with a real PostgreSQL: it is not installed. Get it with 'apt-get install postgresql' (Debian, Ubuntu) or 'brew install postgresql' (macOS).";

/** The folder that they are in. Distributions put them where only administrators look; the newest comes last. */
export function postgresPrograms(): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...globSync('/opt/homebrew/opt/postgresql*/bin').sort(),
    ...globSync('/usr/lib/postgresql/*/bin').sort(),
  ];
  return folders.findLast((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
