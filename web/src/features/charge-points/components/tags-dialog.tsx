import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { splitTags } from '../../../lib/split-tags.ts';
import { countTags, useChangeTags } from '../api/change-tags.ts';

interface TagsDialogProps {
  /** Empty: closed. */
  things: readonly Thing[];
  onClose: () => void;
}

/** The tags of many charge points: some are added to each, some are taken from those that have them. */
export function TagsDialog({ things, onClose }: TagsDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={things.length > 0}
      onClose={onClose}
      title={t('tags.title', { count: things.length })}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {things.length > 0 && <TagsForm things={things} onDone={onClose} />}
    </Modal>
  );
}

function TagsForm({ things, onDone }: { things: readonly Thing[]; onDone: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const change = useChangeTags();
  const present = countTags(things);
  const add = splitTags(text);
  const toggle = (tag: string) => {
    const next = new Set(removed);
    if (!next.delete(tag)) next.add(tag);
    setRemoved(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const thingNames = things.map(({ thingName }) => thingName);
    change.mutate({ thingNames, add, remove: [...removed] }, { onSuccess: onDone });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="tags-added">{t('tags.add')}</label>
        <input
          id="tags-added"
          className="in"
          value={text}
          autoComplete="off"
          data-autofocus
          aria-describedby="tags-added-hint"
          onChange={(event) => setText(event.target.value)}
        />
        <span id="tags-added-hint" className="hint">
          {t('register.tagsHint')}
        </span>
      </div>
      {present.length > 0 && (
        <fieldset className="row wrap" style={{ border: 0, padding: 0, margin: 0 }}>
          <legend className="label">{t('tags.remove')}</legend>
          {present.map(([tag, count]) => (
            <button
              key={tag}
              type="button"
              className={`chip ${removed.has(tag) ? 'on' : ''}`}
              aria-pressed={removed.has(tag)}
              onClick={() => toggle(tag)}
            >
              {removed.has(tag) ? <s>{tag}</s> : tag} <b>{count}</b>
            </button>
          ))}
        </fieldset>
      )}
      {change.isError && <ProblemNote error={change.error} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="btn" onClick={onDone}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={(add.length === 0 && removed.size === 0) || change.isPending}>
          {t('tags.submit', { count: things.length })}
        </button>
      </div>
    </form>
  );
}
