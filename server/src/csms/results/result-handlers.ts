import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Records } from '../../charge-points/records.ts';
import type { Registry } from '../../registry/registry.ts';
import type { CommandResult } from '../commands/create-command-service.ts';
import { results16 } from './v16.ts';
import { results21 } from './v21.ts';
import { results201 } from './v201.ts';

export interface ResultDeps extends Records {
  registry: Pick<Registry, 'adoptPassword' | 'withdrawPassword'>;
}

/** What a result changes in what we believe. Both payloads may be anything: read them with care. */
export type ResultHandler = (result: CommandResult) => Promise<void>;
export type ResultHandlers = Readonly<Record<string, ResultHandler>>;

export type ResultTable = Record<OcppVersion, ReadonlyMap<string, ResultHandler>>;

/** Version → action → what its result changes. Most change nothing. */
export function createResultTable(deps: ResultDeps): ResultTable {
  return {
    'ocpp1.6': new Map(Object.entries(results16(deps))),
    'ocpp2.0.1': new Map(Object.entries(results201(deps))),
    'ocpp2.1': new Map(Object.entries(results21(deps))),
  };
}
