import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../lib/permissions.ts';
import { TagsDialog } from './tags-dialog.tsx';

interface SelectionBarProps {
  things: Thing[];
  onCommand: (things: Thing[]) => void;
  onClear: () => void;
}

/** What can be done with the selected charge points. */
export function SelectionBar({ things, onCommand, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  const maySend = useMay('commands:support');
  const mayTag = useMay('things:register');
  const [tagging, setTagging] = useState(false);
  return (
    <div className="note info row wrap" role="status">
      <span>{t('bulk.selected', { count: things.length })}</span>
      {maySend && (
        <button type="button" className="btn p small" onClick={() => onCommand(things)}>
          {t('bulk.open')}
        </button>
      )}
      {mayTag && (
        <button type="button" className="btn small" onClick={() => setTagging(true)}>
          {t('tags.open')}
        </button>
      )}
      <button type="button" className="btn small" onClick={onClear}>
        {t('bulk.clear')}
      </button>
      <TagsDialog things={tagging ? things : []} onClose={() => setTagging(false)} />
    </div>
  );
}
