import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OverallTag } from '../../components/ui/overall-tag.tsx';
import { useMayAny } from '../../lib/permissions.ts';
import { thingsQuery } from '../../lib/thing-queries.ts';
import styles from './palette.module.css';
import { type PaletteEntry, paletteEntries } from './palette-entries.ts';

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

/** Jump to a charge point or a page, or to one of a charge point's commands ("CP1 reset"). */
export function Palette({ open, onClose }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="10vh"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('shell.search') } }}
    >
      {open && <PaletteBody onClose={onClose} />}
    </Modal>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMayAny();
  const { data: things = [] } = useQuery(thingsQuery);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = useMemo(() => paletteEntries({ sought: typed, things, may, t }), [typed, things, may, t]);
  const go = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate({ href: entry.href });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at) => Math.min(at + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setChosen((at) => Math.max(at - 1, 0));
    else if (event.key === 'Enter') go(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
        aria-label={t('shell.search')}
        placeholder={t('shell.search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        // biome-ignore lint/a11y/noAutofocus: whoever opened it goes on typing
        autoFocus
        data-autofocus
      />
      <div id="palette-list" role="listbox" aria-label={t('shell.results')} className={styles.list}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys
          <div
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.option}
            onClick={() => go(entry)}
          >
            <span className="b cut">{entry.label}</span>
            <span className="grow mut cut">{entry.hint}</span>
            {entry.state && <OverallTag state={entry.state} />}
          </div>
        ))}
        {entries.length === 0 && <div className="pb mut">{t('shell.nothing', { sought: typed })}</div>}
      </div>
    </div>
  );
}
