import type { Rerun } from '@cpo-console/shared/api/replays.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';

/** Whether it runs, and whether what came of it is as it was. */
export function RerunStatus({ rerun }: { rerun: Rerun }) {
  const { t } = useTranslation();
  const { status, progress } = rerun;
  if (status === 'failed') {
    return (
      <Tag tone="bad" icon="cross">
        {t('rerun.status.failed')}
      </Tag>
    );
  }
  const differs = progress.differences > 0;
  const words = differs ? t('rerun.differences', { count: progress.differences }) : t(`rerun.status.${status}`);
  return (
    <Tag tone={differs ? 'warn' : status === 'done' ? 'ok' : 'off'} icon={differs ? 'triangle' : 'full'}>
      {words}
    </Tag>
  );
}
