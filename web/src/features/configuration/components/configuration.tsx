import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { Drift, ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { textAt } from '../../../lib/json.ts';
import { useMay } from '../../../lib/permissions.ts';
import { useReadAll, variablesQuery } from '../api/configuration-queries.ts';
import { CONFIGURATION_SHOWS, type ConfigurationShow } from '../api/configuration-show.ts';
import { driftQuery, withWanted } from '../api/desired-queries.ts';
import { useDrafts } from '../api/use-drafts.ts';
import { isWritable, matchesWords, placeKey } from '../api/variable-groups.ts';
import { ApplyDesired } from './apply-desired.tsx';
import { ReportProgress } from './report-progress.tsx';
import { type EditedRule, RuleDialog } from './rule-dialog.tsx';
import { SendChanges } from './send-changes.tsx';
import { VariableTable } from './variable-table.tsx';

interface ConfigurationProps {
  thing: Thing;
  find: string | undefined;
  show: ConfigurationShow | undefined;
  onChange: (patch: { find?: string | undefined; show?: ConfigurationShow | undefined }) => void;
}

/** What a charge point is configured to: as it told it, and to be changed. */
export function Configuration({ thing, find, show, onChange }: ConfigurationProps) {
  const { t } = useTranslation();
  const { thingName: name } = thing;
  const mayRead = useMay('commands:support');
  const { data: reported, error, refetch } = useQuery(variablesQuery(name));
  const { data: drifts = [] } = useQuery(driftQuery(name));
  const [edited, setEdited] = useState<EditedRule | null>(null);
  const read = useReadAll(name);
  const drafts = useDrafts();
  const readButton = (kind: string) =>
    mayRead && (
      <button
        type="button"
        className={`btn ${kind}`}
        disabled={!thing.connected || read.isPending}
        onClick={() => read.mutate()}
      >
        {variables?.length ? t('configuration.readAgain') : t('configuration.readAll')}
      </button>
    );
  const wanted = new Map(drifts.map((drift) => [placeKey(drift), drift]));
  const variables = reported && withWanted(reported, drifts);
  const shown = variables?.filter((variable) => passes(variable, { find, show, wanted })) ?? [];
  const want = (variable: ReportedVariable, drift: Drift | undefined) => setEdited(toEdited(thing, variable, drift));
  return (
    <>
      <div className="row wrap">
        <SearchField
          label={t('configuration.search')}
          value={find ?? ''}
          onChange={(next) => onChange({ find: next })}
        />
        {CONFIGURATION_SHOWS.map((each) => (
          <button
            key={each}
            type="button"
            className={`chip ${show === each ? 'on' : ''}`}
            aria-pressed={show === each}
            onClick={() => onChange({ show: show === each ? undefined : each })}
          >
            {t(`configuration.show.${each}`)}
          </button>
        ))}
        <span className="grow" />
        {read.isPending ? (
          <span className="mut" role="status">
            {t('commands.waiting', { name })}
          </span>
        ) : (
          read.data?.commands
            .filter((command) => !isFollowedByReport(command))
            .map((command) => <CommandAnswer key={command.id} command={command} announce />)
        )}
        <ReportProgress thingName={name} />
        <ApplyDesired thing={thing} drifts={drifts} drafts={drafts} />
        {readButton('')}
      </div>
      {read.isError && <ProblemNote error={read.error} />}
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {!variables && !error && (
        <div className="panel">
          <SkeletonRows />
        </div>
      )}
      {variables?.length === 0 && (
        <div className="panel empty">
          <h2>{t('configuration.empty')}</h2>
          <p>{thing.connected ? t('configuration.emptyHint', { name }) : t('configuration.emptyOffline', { name })}</p>
          {readButton('p')}
        </div>
      )}
      {variables && variables.length > 0 && shown.length === 0 && (
        <div className="panel empty">
          <h2>{t('configuration.nothing')}</h2>
          <button type="button" className="btn" onClick={() => onChange({ find: undefined, show: undefined })}>
            {t('configuration.showAll', { count: variables.length })}
          </button>
        </div>
      )}
      {shown.length > 0 && (
        <VariableTable
          key={name}
          variables={shown}
          open={find !== undefined || show !== undefined}
          cells={{ drafts, wanted, onWant: want }}
        />
      )}
      <SendChanges thing={thing} drafts={drafts} />
      <RuleDialog edited={edited} tags={thing.tags} onClose={() => setEdited(null)} />
    </>
  );
}

/** Then the report tells how it goes. */
const isFollowedByReport = ({ action, status, response }: Command): boolean =>
  action === 'GetBaseReport' && status === 'answered' && textAt(response, 'status') === 'Accepted';

interface Filter extends Pick<ConfigurationProps, 'find' | 'show'> {
  wanted: ReadonlyMap<string, Drift>;
}

function passes(variable: ReportedVariable, { find, show, wanted }: Filter): boolean {
  if (show === 'writable' && !isWritable(variable)) return false;
  if (show === 'reboot' && !variable.rebootRequired) return false;
  if (show === 'drift' && (wanted.get(placeKey(variable))?.state ?? 'in-step') === 'in-step') return false;
  return find === undefined || matchesWords(variable, find);
}

/** The rule that holds, or a new one of the charge point's own with the value that it has. */
function toEdited({ thingName }: Thing, variable: ReportedVariable, drift: Drift | undefined): EditedRule {
  const { component, variable: named, attribute, value } = variable;
  const { id = null, scope = 'thing', target = thingName, applyOnBoot = false } = drift?.rule ?? {};
  const rule = {
    scope,
    target,
    component,
    variable: named,
    attribute,
    value: drift?.desired ?? value ?? '',
    applyOnBoot,
  };
  return { id, rule, placeIsGiven: true };
}
