import type { EventStream } from '@cpo-console/shared/api/charge-point-events.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { number } from '../../../lib/format.ts';
import { keys } from '../../../live/query-keys.ts';

/** OCPP 2.1: what a charge point streams, with its last values. Most stream nothing, so nothing stands here then. */
export function EventStreams({ thingName }: { thingName: string }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: keys.records.of({ thingName, records: 'event-streams' }),
    queryFn: ({ signal }) =>
      api.get<{ items: EventStream[] }>(thingPath(thingName, '/event-streams'), undefined, signal),
  });
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="panel" aria-label={t('streams.title')}>
      <div className="ph">
        <h2 className="grow">{t('streams.title')}</h2>
        <Link
          to="/charge-points/$name"
          params={{ name: thingName }}
          search={{ tab: 'messages', action: 'NotifyPeriodicEventStream' }}
        >
          {t('firmware.frames')}
        </Link>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('streams.title')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('column.state')}</th>
              <th className="num">{t('streams.monitor')}</th>
              <th className="num">{t('streams.every')}</th>
              <th>{t('streams.value')}</th>
              <th>{t('streams.at')}</th>
              <th className="num">{t('streams.received')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((stream) => (
              <tr key={stream.id}>
                <td>
                  <Tag tone={stream.closedAt === null ? 'ok' : 'off'} icon={stream.closedAt === null ? 'full' : 'ring'}>
                    {t(stream.closedAt === null ? 'streams.open' : 'streams.closed')}
                  </Tag>
                </td>
                <td className="num">{stream.monitoringId ?? '—'}</td>
                <td className="num">
                  {stream.intervalSeconds === null ? '—' : t('streams.seconds', { seconds: stream.intervalSeconds })}
                </td>
                <td className="m" style={{ overflowWrap: 'anywhere' }}>
                  {stream.lastValue ?? '—'}
                </td>
                <td className="sub">
                  <DateTime at={stream.lastAt} />
                </td>
                <td className="num">{number(i18n.language, stream.received)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
