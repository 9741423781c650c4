import type { Outcome } from '../../lib/outcome.ts';
import { useText } from '../../lib/use-text.ts';
import { Tag } from './tag.tsx';

/** What came of an exchange, in a word or two. */
export function OutcomeWords({ outcome }: { outcome: Outcome | null }) {
  const { t } = useText();
  if (!outcome) return null;
  return (
    <Tag
      tone={outcome.tone}
      {...(outcome.icon && { icon: outcome.icon })}
      {...(outcome.words !== undefined && { title: outcome.words })}
    >
      {outcome.say ? t(`outcome.${outcome.say}`, { count: outcome.count ?? 0 }) : outcome.words}
    </Tag>
  );
}
