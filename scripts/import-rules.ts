import { posix } from 'node:path';

/** Source files by their path from the root, with their text. */
export type Sources = ReadonlyMap<string, string>;

interface Rule {
  /** Files that the rule holds for. */
  from: RegExp;
  /** What they must not import: a path from the root, or a package's name. */
  not: RegExp;
  why: string;
}

/** Imports go one way, along a frame's path. Tests may reach anywhere. */
export const RULES: readonly Rule[] = [
  { from: /^shared\//, not: /^(server|web|e2e)\//, why: 'shared knows nobody' },
  { from: /^web\//, not: /^(server|e2e)\//, why: 'the web app talks to the server over HTTP only' },
  { from: /^server\//, not: /^(web|e2e)\//, why: 'the server does not know the web app' },
  { from: /^server\/src\/gateway\/frame\//, not: /^server\//, why: 'frames know only shared' },
  {
    from: /^server\/src\/gateway\//,
    not: /^server\/src\/(csms|charge-points|database|api|live|auth|observability)\//,
    why: 'the gateway does not know what an action means',
  },
  { from: /^server\/src\/csms\//, not: /^server\/src\/(gateway|api|live|auth)\//, why: 'csms never sees a socket' },
  {
    from: /^server\/src\/(live|api)\//,
    not: /^server\/src\/(gateway|csms\/(handlers|dispatch|behaviour))\//,
    why: 'the console reads what is stored',
  },
  {
    from: /^server\/src\/csms\/handlers\/v16\//,
    not: /^server\/src\/csms\/handlers\/(v201|v21)\//,
    why: 'versions do not know each other',
  },
  {
    from: /^server\/src\/csms\/handlers\/v201\//,
    not: /^server\/src\/csms\/handlers\/(v16|v21)\//,
    why: 'versions do not know each other',
  },
  {
    from: /^server\/src\/csms\/handlers\/v21\//,
    not: /^server\/src\/csms\/handlers\/(v16|v201)\//,
    why: 'versions do not know each other',
  },
  {
    from: /^server\/src\/(bus|csms|charge-points|registry|message-log|database|config|simulator)\//,
    not: /^(fastify|@fastify\/.*)$/,
    why: 'Fastify only at the edge',
  },
];

const TEST = /\.(test|contract)\.tsx?$|\/testing\//;
const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
const SHARED = '@cpo-console/shared/';

/** One line for each import that goes the wrong way. */
export function brokenImports(sources: Sources): string[] {
  if (sources.size === 0) throw new Error('No source file was found: the check would say nothing');
  const broken: string[] = [];
  for (const [file, text] of sources) {
    if (TEST.test(file)) continue;
    for (const target of importsOf(file, text)) {
      const rule = [...RULES, featureRule(file)].find(({ from, not }) => from.test(file) && not.test(target));
      if (rule) broken.push(`${file} imports ${target}: ${rule.why}`);
    }
    if (readsProcess(file, text)) broken.push(`${file} uses process.env or process.exit: only main.ts does`);
  }
  return broken;
}

/** A feature of the web app never imports another one. */
function featureRule(file: string): Rule {
  const feature = /^web\/src\/features\/([^/]+)\//.exec(file)?.[1] ?? '';
  return {
    from: /^web\/src\/features\//,
    not: new RegExp(`^web/src/features/(?!${feature}/)`),
    why: 'features do not know each other',
  };
}

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
    return specifier.startsWith(SHARED) ? `shared/src/${specifier.slice(SHARED.length)}` : specifier;
  });
}

function readsProcess(file: string, text: string): boolean {
  return /^server\/src\/(?!main\.ts$|simulator\/main\.ts$)/.test(file) && /\bprocess\.(env|exit)\b/.test(text);
}
