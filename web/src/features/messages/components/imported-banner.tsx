import type { ImportedLog } from '@cpo-console/shared/api/log.ts';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../../components/ui/tag.tsx';
import { number } from '../../../lib/format.ts';
import { ImportProblems } from './import-problems.tsx';

interface ImportedBannerProps {
  imported: ImportedLog;
  onSearch: (patch: { import: undefined; from: undefined; to: undefined; thingName: undefined }) => void;
}

/** Says that this is not the live log. */
export function ImportedBanner({ imported, onSearch }: ImportedBannerProps) {
  const { t, i18n } = useTranslation();
  return (
    <section className="panel pb row wrap" aria-label={t('imports.banner', { name: imported.name })}>
      <b>{t('imports.banner', { name: imported.name })}</b>
      <span className="mut">
        {t('imports.frames', { rows: number(i18n.language, imported.rows) })} · {imported.things.slice(0, 5).join(', ')}
      </span>
      {!imported.sorted && <Tag tone="off">{t('imports.sorted')}</Tag>}
      <ImportProblems problems={imported.problems} count={imported.problemCount} />
      <span className="grow" />
      <button
        type="button"
        className="btn"
        onClick={() => onSearch({ import: undefined, from: undefined, to: undefined, thingName: undefined })}
      >
        {t('imports.back')}
      </button>
    </section>
  );
}
