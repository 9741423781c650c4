import type { Annotation } from '@cpo-console/shared/api/annotations.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { clock, dateTime, exact } from '../../../lib/format.ts';
import { annotationsQuery, useAnnotate } from '../api/annotation-queries.ts';
import type { ReplayRange } from '../api/replay-queries.ts';

interface NotesProps {
  range: ReplayRange;
  /** null: nothing is being written. */
  writingAt: { at: number; frameId: string } | null;
  onWritten: () => void;
  onGo: (at: number, messageId: string | null) => void;
}

/** What people wrote about moments of this time, and the field for another one. */
export function Notes({ range, writingAt, onWritten, onGo }: NotesProps) {
  const { t } = useTranslation();
  const { data: notes, error } = useQuery(annotationsQuery(range));
  const { remove } = useAnnotate(range);
  if (error) return <ProblemNote error={error} />;
  if (!notes || (notes.length === 0 && writingAt === null)) return null;
  return (
    <section className="panel" aria-label={t('rerun.notes', { count: notes.length })}>
      <div className="ph">
        <h2>{t('rerun.notes', { count: notes.length })}</h2>
      </div>
      {writingAt && <NewNote range={range} about={writingAt} onWritten={onWritten} />}
      {remove.isError && <ProblemNote error={remove.error} />}
      <ul className="pb stack" style={{ margin: 0, listStyle: 'none', gap: 8, maxHeight: 260, overflow: 'auto' }}>
        {notes.map((note) => (
          <li key={note.id}>
            <Note
              range={range}
              note={note}
              onGo={onGo}
              onRemove={remove.isPending ? null : () => remove.mutate(note.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NoteProps extends Pick<NotesProps, 'range' | 'onGo'> {
  note: Annotation;
  /** null: it can't be now. */
  onRemove: (() => void) | null;
}

function Note({ range, note, onGo, onRemove }: NoteProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const [isEdited, setIsEdited] = useState(false);
  const { rewrite } = useAnnotate(range);
  const written = `${note.createdBy} · ${dateTime(language, note.createdAt)}`;
  const edited = note.editedAt !== null && ` · ${t('timeline.edited', { at: dateTime(language, note.editedAt) })}`;
  if (isEdited) {
    return (
      <NoteText
        label={t('timeline.noteText')}
        text={note.text}
        saving={rewrite}
        onSave={(text) => rewrite.mutate({ id: note.id, text }, { onSuccess: () => setIsEdited(false) })}
        onCancel={() => setIsEdited(false)}
      />
    );
  }
  return (
    <>
      <div className="row">
        <button
          type="button"
          className="link m"
          style={{ flex: 'none' }}
          title={`${t('rerun.noteGo')} · ${exact(note.at)}`}
          onClick={() => onGo(Date.parse(note.at), note.messageId)}
        >
          {dateTime(language, note.at)}
        </button>
        <span className="grow" />
        {note.editable && (
          <button
            type="button"
            className="btn quiet small"
            aria-label={t('timeline.editNote')}
            title={t('timeline.editNote')}
            onClick={() => setIsEdited(true)}
          >
            ✎
          </button>
        )}
        {note.removable && (
          <button
            type="button"
            className="btn quiet small"
            aria-label={t('rerun.noteRemove')}
            title={t('rerun.noteRemove')}
            disabled={onRemove === null}
            onClick={() => onRemove?.()}
          >
            ×
          </button>
        )}
      </div>
      <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.text}</div>
      <div className="sub mut" title={exact(note.editedAt ?? note.createdAt)}>
        {written}
        {edited}
      </div>
    </>
  );
}

interface NewNoteProps extends Pick<NotesProps, 'range' | 'onWritten'> {
  about: { at: number; frameId: string };
}

function NewNote({ range, about: asked, onWritten }: NewNoteProps) {
  const { t, i18n } = useTranslation();
  // The replay may go on meanwhile: the note is about what was seen when it was asked for.
  const [about] = useState(asked);
  const { add } = useAnnotate(range);
  const save = (text: string) => {
    const at = new Date(about.at).toISOString();
    add.mutate({ at, messageId: about.frameId, text }, { onSuccess: onWritten });
  };
  return (
    <div className="pb">
      <NoteText
        label={t('rerun.noteAt', { time: clock(i18n.language, about.at) })}
        text=""
        saving={add}
        onSave={save}
        onCancel={onWritten}
      />
    </div>
  );
}

interface NoteTextProps {
  label: string;
  text: string;
  saving: { error: Error | null; isPending: boolean };
  onSave: (text: string) => void;
  onCancel: () => void;
}

function NoteText({ label, text: before, saving, onSave, onCancel }: NoteTextProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(text);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="in"
        rows={3}
        maxLength={2_000}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: somebody just asked to write
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      {saving.error && <ProblemNote error={saving.error} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="btn" onClick={onCancel}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={text.trim() === '' || saving.isPending}>
          {t('rerun.noteSave')}
        </button>
      </div>
    </form>
  );
}
