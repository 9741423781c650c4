import type { ChangeResult, ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import { useState } from 'react';
import type { Change } from './configuration-queries.ts';
import { placeKey } from './variable-groups.ts';

/** What has been typed and not been sent, and what became of what was. By variable. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Change>>(new Map());
  const [results, setResults] = useState<ReadonlyMap<string, ChangeResult>>(new Map());

  const put = (variable: ReportedVariable, value: string) =>
    setDrafts((old) => new Map(old).set(placeKey(variable), { variable, value }));
  const drop = (variable: ReportedVariable) => setDrafts((old) => without(old, [placeKey(variable)]));
  /** What was taken is no draft any more; the rest may be corrected. */
  const settle = (settled: readonly ChangeResult[]) => {
    setResults(new Map(settled.map((result) => [placeKey(result), result])));
    const taken = settled.filter(({ outcome }) => outcome === 'accepted' || outcome === 'reboot-required');
    setDrafts((old) => without(old, taken.map(placeKey)));
  };
  return { drafts, results, put, drop, settle, clear: () => setDrafts(new Map()) };
}

export type Drafts = ReturnType<typeof useDrafts>;

function without<T>(map: ReadonlyMap<string, T>, names: readonly string[]): Map<string, T> {
  const next = new Map(map);
  for (const name of names) next.delete(name);
  return next;
}
