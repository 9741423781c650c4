import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';

/** What stands between a charge point and its work: a boot that was not accepted, a restart that has not come yet. */
export function Standing({ thing: { state } }: { thing: Thing }) {
  const { t } = useTranslation();
  const { boot, reset } = state;
  const heldBack = boot?.status === 'Pending' || boot?.status === 'Rejected' ? boot.status : null;
  return (
    <>
      {heldBack && (
        <Tag tone={heldBack === 'Pending' ? 'warn' : 'bad'} icon={heldBack === 'Pending' ? 'half' : 'cross'}>
          {t(`boot.held.${heldBack}`)}
        </Tag>
      )}
      {reset && (
        <span className="row" style={{ gap: 6 }}>
          <Tag tone="warn" icon="clock">
            {t(resetWords(reset.status), { type: reset.type ?? '?' })}
            {reset.evseId !== null && ` · EVSE ${reset.evseId}`}
          </Tag>
          <span className="sub">
            <DateTime at={new Date(reset.at).toISOString()} />
          </span>
        </span>
      )}
    </>
  );
}

function resetWords(status: string | null) {
  if (status === 'Scheduled') return 'reset.scheduled' as const;
  return status === null ? ('reset.unanswered' as const) : ('reset.accepted' as const);
}
