import { describe, expect, it } from 'vitest';
import { brokenImports } from './import-rules.ts';

const broken = (file: string, text: string): string[] => brokenImports(new Map([[file, text]]));

describe('import directions', () => {
  it.each([
    ['shared/src/a.ts', `import { x } from '../../server/src/x.ts';`],
    ['web/src/a.ts', `import type { X } from '../../server/src/x.ts';`],
    ['server/src/gateway/a.ts', `import { x } from '../csms/x.ts';`],
    ['server/src/gateway/connection/a.ts', `import {\n  x,\n} from '../../charge-points/x.ts';`],
    ['server/src/csms/a.ts', `export { x } from '../api/x.ts';`],
    ['server/src/api/things/a.ts', `const x = await import('../../gateway/x.ts');`],
    ['server/src/csms/handlers/v21/a.ts', `import { x } from '../v201/x.ts';`],
    ['server/src/message-log/a.ts', `import type { FastifyInstance } from 'fastify';`],
    ['web/src/features/messages/a.tsx', `import { X } from '../sessions/x.tsx';`],
    ['server/src/bus/a.ts', 'const port = process.env.PORT;'],
  ])('a planted violation in %s is found', (file, text) => {
    expect(broken(file, text)).toHaveLength(1);
  });

  it.each([
    ['server/src/gateway/a.ts', `import { x } from '../message-log/x.ts';`],
    ['server/src/api/a.ts', `import { x } from '../csms/commands/command-service.ts';`],
    ['web/src/features/messages/a.tsx', `import { X } from './x.tsx';\nimport { Y } from '../../lib/y.ts';`],
    ['server/src/main.ts', 'process.exit(1);'],
    ['server/src/gateway/a.test.ts', `import { x } from '../csms/x.ts';`],
  ])('%s may import what it does', (file, text) => {
    expect(broken(file, text)).toEqual([]);
  });

  it('refuses to say anything about no files', () => {
    expect(() => brokenImports(new Map())).toThrow('No source file');
  });
});
