import { useTranslation } from 'react-i18next';
import { age, clock, dateTime, exact } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** How long ago; ticks. The exact instant shows on hover. */
export function Age({ at }: { at: string | null }) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (at === null) return <span className="mut">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {age(i18n.language, now - Date.parse(at))}
    </time>
  );
}

export function Clock({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={exact(at)}>
      {clock(i18n.language, at)}
    </time>
  );
}

export function DateTime({ at }: { at: string | null }) {
  const { i18n } = useTranslation();
  if (at === null) return <span className="mut">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {dateTime(i18n.language, at)}
    </time>
  );
}
