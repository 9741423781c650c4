import type { RetentionItem } from '@cpo-console/shared/api/retention.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { dateTime } from '../../../lib/format.ts';
import { useChangeRetention } from '../api/retention-queries.ts';

const MAX_DAYS = 36_500;

/** undefined: not a number of days. */
function daysIn(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= MAX_DAYS ? days : undefined;
}

/** For how many days; shortening asks first, because what goes is gone. */
export function DaysField({ item, nextRunAt }: { item: RetentionItem; nextRunAt: string }) {
  const { t, i18n } = useTranslation();
  const change = useChangeRetention();
  const [text, setText] = useState(item.days === null ? '' : String(item.days));
  const [asking, setAsking] = useState(false);
  const days = daysIn(text);
  const what = t(`retention.kind.${item.kind}`);
  const said = days == null ? t('retention.forGood') : t('retention.dayCount', { count: days });
  const isShorter = days != null && (item.days === null || days < item.days);
  const save = () => change.mutate({ [item.kind]: days }, { onSuccess: () => setAsking(false) });
  return (
    <form
      className="stack"
      style={{ gap: 4 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (days === undefined) return;
        if (isShorter) setAsking(true);
        else save();
      }}
    >
      <span className="row" style={{ gap: 6 }}>
        <input
          className="in"
          style={{ width: 84 }}
          inputMode="numeric"
          aria-label={t('retention.daysOf', { what })}
          aria-invalid={days === undefined}
          placeholder="∞"
          title={t('retention.emptyIsForGood')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {days === item.days ? (
          <span className="mut" style={{ whiteSpace: 'nowrap' }}>
            {said.replace(/^\d+\s*/, '')}
          </span>
        ) : (
          <button type="submit" className="btn small p" disabled={days === undefined || change.isPending}>
            {t('action.save')}
          </button>
        )}
      </span>
      {days === undefined && (
        <span className="bad" role="alert">
          {t('retention.badDays')}
        </span>
      )}
      {change.error && !asking && <ProblemNote error={change.error} />}
      <ConfirmDialog
        open={asking}
        title={t('retention.confirmTitle', { what, days: said })}
        confirmLabel={t('retention.confirm', { days: said })}
        busy={change.isPending}
        onConfirm={save}
        onClose={() => setAsking(false)}
      >
        <p style={{ marginTop: 0 }}>
          {t('retention.confirmEffect', { what, days: said, at: dateTime(i18n.language, nextRunAt) })}
        </p>
        {change.error && <ProblemNote error={change.error} />}
      </ConfirmDialog>
    </form>
  );
}
