import { openMessageLog } from '../journaled-message-log.ts';
import type { LogPlan } from '../kept/log-plan.ts';

/** Prunes as it is told, says so before and after, and waits to be killed. */
const [, , dataDir = '', plan = '{}'] = process.argv;
const log = await openMessageLog({ dataDir });
process.stdout.write('begins\n');
await log.prune(JSON.parse(plan) as LogPlan);
process.stdout.write('done\n');
setInterval(() => {}, 1_000);
