import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../api/commands.ts';
import { useActionHelp, useBlockName } from '../api/use-action-help.ts';
import styles from './commands.module.css';

interface ActionPickerProps {
  actions: Action[];
  chosen: string | undefined;
  onChoose: (action: string) => void;
  /** Shows little of itself, as there is a choice already. */
  folded?: boolean;
}

export function ActionPicker({ actions, chosen, onChoose, folded = false }: ActionPickerProps) {
  const { t } = useTranslation();
  const help = useActionHelp();
  const blockName = useBlockName();
  const [sought, setSought] = useState('');
  const words = sought.toLowerCase();
  const fitting = actions.filter((action) =>
    `${action.action} ${help(action)} ${action.block} ${blockName(action.block)}`.toLowerCase().includes(words),
  );
  const blocks = Map.groupBy(fitting, (action) => action.block);
  return (
    <section className={`panel ${styles.picker} ${folded ? styles.folded : ''}`} aria-label={t('commands.picker')}>
      <div className="ph">
        <input
          className="in"
          type="search"
          aria-label={t('commands.search')}
          placeholder={t('commands.search')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      <div>
        {[...blocks].map(([block, members]) => (
          <div key={block}>
            <h3 className={styles.block}>{blockName(block)}</h3>
            {members.map((action) => (
              <button
                key={action.action}
                type="button"
                className={styles.action}
                aria-pressed={action.action === chosen}
                title={help(action)}
                onClick={() => onChoose(action.action)}
              >
                {action.action} <span>{help(action)}</span>
              </button>
            ))}
          </div>
        ))}
        {fitting.length === 0 && <p className="mut pb">{t('shell.nothing', { sought })}</p>}
      </div>
    </section>
  );
}
