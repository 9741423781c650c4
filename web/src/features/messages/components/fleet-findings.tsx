import type { FleetFindings as Found, ThingFindings } from '@cpo-console/shared/api/log.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { dateTime, number } from '../../../lib/format.ts';
import {
  type FleetRange,
  fleetFindingsQuery,
  startFleetFindings,
  stopFleetFindings,
} from '../api/fleet-finding-queries.ts';
import styles from './messages.module.css';

/** Which charge points have which trouble in a range. Looking takes a while: it begins when somebody asks. */
export function FleetFindings({ range }: { range: FleetRange }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ id: string; range: FleetRange } | null>(null);
  const start = useMutation({
    mutationFn: startFleetFindings,
    onSuccess: ({ id }, askedRange) => setAsked({ id, range: askedRange }),
  });
  return (
    <section className="panel" aria-label={t('fleetFindings.title')}>
      <div className="pb row wrap" style={{ padding: '6px 14px' }}>
        <b>{t('fleetFindings.title')}</b>
        <span className="mut" style={{ flex: '1 1 260px' }}>
          {t('fleetFindings.what')}
        </span>
        <button type="button" className="btn" disabled={start.isPending} onClick={() => start.mutate(range)}>
          {t(asked === null ? 'fleetFindings.look' : 'fleetFindings.lookAgain')}
        </button>
      </div>
      {start.error && <ProblemNote error={start.error} retry={() => start.mutate(range)} />}
      {asked && <Result key={asked.id} {...asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Result({ id, range, onClose }: { id: string; range: FleetRange; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(fleetFindingsQuery(id));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return null;
  if (data.status === 'running') return <Progress found={data} onStop={onClose} />;
  return (
    <div className="pb stack" style={{ gap: 8, paddingTop: 0 }}>
      {data.status !== 'done' && <p role="status">{t(`fleetFindings.${data.status}`)}</p>}
      {data.status === 'done' && <Scope found={data} range={range} />}
      {data.things.length > 0 && <Ranking things={data.things} range={range} />}
    </div>
  );
}

function Progress({ found: { id, rows, total }, onStop }: { found: Found; onStop: () => void }) {
  const { t, i18n } = useTranslation();
  const stop = useMutation({ mutationFn: () => stopFleetFindings(id), onSettled: onStop });
  return (
    <div className="pb row wrap" role="status">
      <progress aria-label={t('fleetFindings.title')} max={total ?? 1} {...(total !== null && { value: rows })} />
      <span className="mut">{t('imports.frames', { rows: number(i18n.language, rows) })}</span>
      <span className="grow" />
      <button type="button" className="btn small" disabled={stop.isPending} onClick={() => stop.mutate()}>
        {t('imports.cancel')}
      </button>
    </div>
  );
}

function Scope({ found: { rows, cutAt, thingCount, things }, range }: { found: Found; range: FleetRange }) {
  const { t, i18n } = useTranslation();
  const from = dateTime(i18n.language, cutAt ?? range.from);
  return (
    <p className="mut" role="status" style={{ margin: 0 }}>
      {t('fleetFindings.found', { count: thingCount })}{' '}
      {t('fleetFindings.scope', { rows: number(i18n.language, rows), from, to: dateTime(i18n.language, range.to) })}{' '}
      {cutAt !== null && t('fleetFindings.cut')}{' '}
      {things.length < thingCount && t('fleetFindings.listed', { listed: things.length })}
    </p>
  );
}

function Ranking({ things, range }: { things: ThingFindings[]; range: FleetRange }) {
  const { t } = useTranslation();
  return (
    <div className={styles.ranking}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('messages.chargePoint')}</th>
            <th>{t('fleetFindings.trouble')}</th>
          </tr>
        </thead>
        <tbody>
          {things.map(({ thingName, rules }) => (
            <tr key={thingName}>
              <td>
                <Link to="/messages" search={{ ...range, thingName }}>
                  <b>{thingName}</b>
                </Link>
              </td>
              <td>
                <span className="row wrap" style={{ gap: 6 }}>
                  {rules.map((rule) => (
                    <Rule key={rule.rule} rule={rule} search={{ ...range, thingName }} />
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RuleProps {
  rule: ThingFindings['rules'][number];
  search: FleetRange & { thingName: string };
}

/** Leads to the frame that the newest finding begins with. */
function Rule({ rule: { rule, severity, findings, lastAt, messageIds }, search }: RuleProps) {
  const { t, i18n } = useTranslation();
  const name = t(`findings.${rule as 'boot-loop'}`, { defaultValue: rule });
  const [message] = messageIds;
  return (
    <Link to="/messages" search={{ ...search, ...(message && { message }) }} title={dateTime(i18n.language, lastAt)}>
      <Tag tone={severity} icon="triangle">
        {findings === 1 ? name : `${name} ×${findings}`}
      </Tag>
    </Link>
  );
}
