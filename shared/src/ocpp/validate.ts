import type { LogDirection } from '../message-log/log-row.ts';
import { OCPP_VERSIONS, type OcppVersion, type Violation } from '../ocpp-j/frame.ts';
import { VERSION_FOLDERS } from './versions.ts';
import { type SchemaError, toViolations } from './violation.ts';

export type PayloadKind = 'request' | 'response';

/** Checks payloads against the specification's schemas. */
export interface Validator {
  /** Whether the version has a schema for this. A SEND has no response. */
  hasAction(version: OcppVersion, action: string, kind: PayloadKind): boolean;
  /**
   * Empty, and always the same array, for a valid payload and for an action without a schema.
   * What we send (`out`) is held to the specification's own lengths where we receive longer ones.
   */
  validate(
    version: OcppVersion,
    action: string,
    kind: PayloadKind,
    payload: unknown,
    direction: LogDirection,
  ): readonly Violation[];
}

/** A schema that was compiled to code by `shared/build/build-validators.ts`. */
interface CompiledSchema {
  (payload: unknown): boolean;
  errors: SchemaError[] | null;
}

interface CompiledAction {
  request: CompiledSchema | undefined;
  response: CompiledSchema | undefined;
  requestOut: CompiledSchema | undefined;
}

const NONE: readonly Violation[] = Object.freeze([]);

/** Loads the generated code: some 30 ms, once per process. For servers, not for the web. */
export async function createValidator(): Promise<Validator> {
  const loaded = await Promise.all(OCPP_VERSIONS.map(async (version) => [version, await load(version)] as const));
  const versions = new Map<OcppVersion, Map<string, CompiledAction>>(loaded);
  return {
    hasAction: (version, action, kind) => versions.get(version)?.get(action)?.[kind] !== undefined,
    validate: (version, action, kind, payload, direction) => {
      const compiled = versions.get(version)?.get(action);
      if (compiled === undefined) return NONE;
      const schema =
        direction === 'out' && kind === 'request' ? (compiled.requestOut ?? compiled.request) : compiled[kind];
      if (schema === undefined || schema(payload)) return NONE;
      const violations = toViolations(schema.errors ?? []);
      schema.errors = null;
      return violations;
    },
  };
}

async function load(version: OcppVersion): Promise<Map<string, CompiledAction>> {
  const path = new URL(`../../generated/validators/${VERSION_FOLDERS[version]}.mjs`, import.meta.url);
  const compiled = (await import(/* @vite-ignore */ path.href)) as Record<string, CompiledSchema>;
  const actions = new Map<string, CompiledAction>();
  for (const name of Object.keys(compiled)) {
    const action = /^(.+)Request$/.exec(name)?.[1];
    if (action === undefined) continue;
    actions.set(action, {
      request: compiled[name],
      response: compiled[`${action}Response`],
      requestOut: compiled[`${action}RequestOut`],
    });
  }
  return actions;
}
