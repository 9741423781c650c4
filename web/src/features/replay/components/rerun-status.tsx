import type { Rerun } from '@cpo-console/shared/api/replays.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';

/** Whether it runs, and whether what came of it so far is as it was. */
export function RerunStatus({ rerun }: { rerun: Rerun }) {
  const { t } = useTranslation();
  const { status, progress } = rerun;
  const differs = progress.differences > 0;
  return (
    <>
      {status === 'failed' && (
        <Tag tone="bad" icon="cross">
          {t('rerun.status.failed')}
        </Tag>
      )}
      {(status === 'running' || status === 'cancelled' || (status === 'done' && !differs)) && (
        <Tag tone={status === 'done' ? 'ok' : 'off'} icon="full">
          {t(`rerun.status.${status}`)}
        </Tag>
      )}
      {differs && (
        <Tag tone="warn" icon="triangle">
          {t('rerun.differences', { count: progress.differences })}
        </Tag>
      )}
    </>
  );
}
