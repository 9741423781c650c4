import type { SecurityEvent } from '@cpo-console/shared/api/charge-point-events.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const LOOK: Record<SecurityEvent['severity'], [tone: Tone, icon: IconName]> = {
  critical: ['bad', 'triangle'],
  warning: ['warn', 'half'],
  info: ['off', 'ring'],
};

export function SecurityEvents({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: keys.records.of({ thingName, records: 'security-events' }),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<SecurityEvent>>(
        thingPath(thingName, '/security-events'),
        { limit: 50, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel" aria-label={t('security.events')}>
      <div className="ph">
        <h2 className="grow">{t('security.events')}</h2>
        <Link
          to="/charge-points/$name"
          params={{ name: thingName }}
          search={{ tab: 'messages', action: 'SecurityEventNotification' }}
        >
          {t('security.frames')}
        </Link>
      </div>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <SkeletonRows rows={4} />}
      {query.data && events.length === 0 && (
        <div className="empty">
          <h2>{t('security.none')}</h2>
          <p>{t('security.noneHint')}</p>
        </div>
      )}
      {events.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="scroll" tabIndex={0} aria-label={t('security.events')}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('security.severity.label')}</th>
                <th>{t('security.event')}</th>
                <th>{t('security.info')}</th>
                <th>{t('security.at')}</th>
                <th>{t('security.received')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {query.hasNextPage && (
        <div className="pb">
          <button type="button" className="btn" onClick={() => void query.fetchNextPage()}>
            {t('action.more')}
          </button>
        </div>
      )}
    </section>
  );
}

function EventRow({ event }: { event: SecurityEvent }) {
  const { t } = useTranslation();
  const [tone, icon] = LOOK[event.severity];
  return (
    <tr>
      <td>
        <Tag tone={tone} icon={icon}>
          {t(`security.severity.${event.severity}`)}
        </Tag>
      </td>
      <td className="b">{event.type}</td>
      <td className="sub" style={{ overflowWrap: 'anywhere' }}>
        {event.techInfo ?? '—'}
      </td>
      <td className="sub" style={{ whiteSpace: 'nowrap' }}>
        <DateTime at={event.at} />
      </td>
      <td className="sub" style={{ whiteSpace: 'nowrap' }}>
        <DateTime at={event.receivedAt} />
      </td>
    </tr>
  );
}
