import { age, clock, dateTime, exact } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useText } from '../../lib/use-text.ts';

/** How long ago; ticks. The exact instant shows on hover. */
export function Age({ at }: { at: string | null }) {
  const { language } = useText();
  const now = useNow();
  if (at === null) return <span className="mut">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {age(language, now - Date.parse(at))}
    </time>
  );
}

export function Clock({ at }: { at: string }) {
  const { language } = useText();
  return (
    <time dateTime={at} title={exact(at)}>
      {clock(language, at)}
    </time>
  );
}

export function DateTime({ at }: { at: string | null }) {
  const { language } = useText();
  if (at === null) return <span className="mut">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {dateTime(language, at)}
    </time>
  );
}
