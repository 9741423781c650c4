import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { number } from '../../../lib/format.ts';
import { useLiveStatus } from '../../../live/live-provider.tsx';

interface TailProps {
  /** Why nothing comes: the range that is looked at has ended, or it takes time to tell what is filtered by. */
  over: 'range' | 'unanswered' | null;
  paused: boolean;
  onPaused: (paused: boolean) => void;
  /** Live messages that did not come, for they were too many. */
  unshown: number;
  onShowAll: () => void;
}

/** Whether the list follows what happens, and how much of it. */
export function Tail({ over, paused, onPaused, unshown, onShowAll }: TailProps) {
  const { t, i18n } = useTranslation();
  const status = useLiveStatus();
  if (over !== null) {
    return <Tag tone="off">{t(over === 'range' ? 'messages.rangeOver' : 'query.unansweredNotLive')}</Tag>;
  }
  const tone = paused ? 'off' : status === 'live' ? 'ok' : 'warn';
  return (
    <>
      <Tag tone={tone} icon={paused ? 'ring' : status === 'live' ? 'full' : 'half'}>
        {paused ? t('messages.paused') : t('messages.tail')}
      </Tag>
      <button type="button" className="btn small" aria-pressed={paused} onClick={() => onPaused(!paused)}>
        {paused ? t('messages.resume') : t('messages.pause')}
      </button>
      {unshown > 0 && (
        <>
          <Tag tone="warn" icon="half" title={t('messages.unshownWhy')}>
            {t('messages.unshown', { count: unshown, number: number(i18n.language, unshown) })}
          </Tag>
          <button type="button" className="btn small" title={t('messages.unshownWhy')} onClick={onShowAll}>
            {t(paused ? 'messages.showAllPaused' : 'messages.showAll')}
          </button>
        </>
      )}
    </>
  );
}
