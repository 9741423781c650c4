import type { Health, HealthPart } from '@cpo-console/shared/api/health.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { bytes, number } from '../../../lib/format.ts';
import { healthQuery } from '../api/health-queries.ts';

/** Below this share of the disk there is soon no room for the log. */
const LOW_DISK = 0.1;

/** Whether each part of the server works, and what is wrong where it does not. */
export function HealthView() {
  const { t } = useTranslation();
  const { data: health, error, refetch } = useQuery(healthQuery);
  return (
    <>
      <h1>{t('health.title')}</h1>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {!health && !error && <SkeletonRows rows={5} />}
      {health && (
        <>
          <p className="sub" style={{ margin: 0 }} role="status">
            {t(health.ok ? 'health.allWell' : 'health.notWell')}
          </p>
          <Parts health={health} />
          <Instances health={health} />
          <p className="mut" style={{ margin: 0 }}>
            {t('health.build', { version: health.version })} · {t('health.since')} <DateTime at={health.startedAt} />
          </p>
        </>
      )}
    </>
  );
}

function Parts({ health }: { health: Health }) {
  const { t, i18n } = useTranslation();
  const { database, bus, registry, log, disk, backEnd } = health;
  const share = disk.totalBytes === 0 ? 1 : disk.freeBytes / disk.totalBytes;
  const free = bytes(i18n.language, disk.freeBytes);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="panel scroll" tabIndex={0} aria-label={t('health.parts')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('health.part')}</th>
            <th>{t('health.state')}</th>
            <th>{t('health.details')}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={t('health.bus')} what={t(`health.backEnd.${backEnd}`)} part={bus} />
          <Row name={t('health.registry')} what={t('health.registryHint')} part={registry} />
          <Row name={t('health.database')} what={t(`health.databaseKind.${database.kind}`)} part={database} />
          <Row name={t('health.log')} what={t('health.logHint')} part={log}>
            {t('health.commit', { ms: number(i18n.language, log.lastCommitMs, 1) })} ·{' '}
            {t('health.lag', { count: log.indexLagRows })}
          </Row>
          <Row
            name={t('health.disk')}
            what={t('health.diskHint')}
            part={{ ok: share >= LOW_DISK, trouble: share >= LOW_DISK ? null : t('health.diskLow', { free }) }}
          >
            {t('health.free', { free, total: bytes(i18n.language, disk.totalBytes) })}
          </Row>
        </tbody>
      </table>
    </section>
  );
}

function Row({ name, what, part, children }: { name: string; what: string; part: HealthPart; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td style={{ minWidth: 180 }}>
        <span className="b">{name}</span>
        <div className="mut">{what}</div>
      </td>
      <td style={{ whiteSpace: 'nowrap' }}>
        <Tag tone={part.ok ? 'ok' : 'bad'} icon={part.ok ? 'check' : 'triangle'}>
          {t(part.ok ? 'health.ok' : 'health.bad')}
        </Tag>
      </td>
      <td style={{ minWidth: 220, overflowWrap: 'anywhere' }}>{part.trouble ?? children}</td>
    </tr>
  );
}

function Instances({ health: { instances, connections } }: { health: Health }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <h2>{t('health.instances')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="panel scroll" tabIndex={0} aria-label={t('health.instances')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('health.instance')}</th>
              <th className="num">{t('health.connections')}</th>
            </tr>
          </thead>
          <tbody>
            {instances.map(({ name, connections: held }, at) => (
              <tr key={name}>
                <td>
                  {name} {at === 0 && <span className="mut">{t('health.thisOne')}</span>}
                </td>
                <td className="num">{number(i18n.language, held)}</td>
              </tr>
            ))}
            {instances.length > 1 && (
              <tr>
                <td className="b">{t('health.together')}</td>
                <td className="num b">{number(i18n.language, connections)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </>
  );
}
