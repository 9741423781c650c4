import { useTranslation } from 'react-i18next';

/** Stands where rows will be, at their height: nothing jumps when they come. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          key={index}
          className="row"
          style={{ height: 34, padding: '0 12px', borderBottom: '1px solid var(--line2)', gap: 40 }}
        >
          <div className="skel" style={{ width: 70 }} />
          <div className="skel" style={{ width: 90 + ((index * 37) % 60) }} />
          <div className="skel" style={{ flex: 1, maxWidth: 120 + ((index * 53) % 140) }} />
        </div>
      ))}
    </div>
  );
}
