import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
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
  const { t, i18n } = useTranslation();
  const { data: notes, error } = useQuery(annotationsQuery(range));
  const { remove } = useAnnotate(range);
  if (error) return <ProblemNote error={error} />;
  if (!notes || (notes.length === 0 && writingAt === null)) return null;
  return (
    <section className="panel" aria-label={t('rerun.notes', { count: notes.length })}>
      <div className="ph">
        <h2>{t('rerun.notes', { count: notes.length })}</h2>
      </div>
      {writingAt && <NoteForm range={range} about={writingAt} onWritten={onWritten} />}
      {remove.isError && <ProblemNote error={remove.error} />}
      <ul className="pb stack" style={{ margin: 0, listStyle: 'none', gap: 8, maxHeight: 260, overflow: 'auto' }}>
        {notes.map((note) => (
          <li key={note.id}>
            <div className="row">
              <button
                type="button"
                className="link m"
                style={{ flex: 'none' }}
                title={`${t('rerun.noteGo')} · ${exact(note.at)}`}
                onClick={() => onGo(Date.parse(note.at), note.messageId)}
              >
                {dateTime(i18n.language, note.at)}
              </button>
              <span className="sub mut cut" title={exact(note.createdAt)}>
                {note.createdBy} · {dateTime(i18n.language, note.createdAt)}
              </span>
              <span className="grow" />
              {note.removable && (
                <button
                  type="button"
                  className="btn quiet small"
                  aria-label={t('rerun.noteRemove')}
                  title={t('rerun.noteRemove')}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(note.id)}
                >
                  ×
                </button>
              )}
            </div>
            <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.text}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NoteFormProps extends Pick<NotesProps, 'range' | 'onWritten'> {
  about: { at: number; frameId: string };
}

function NoteForm({ range, about: asked, onWritten }: NoteFormProps) {
  const { t, i18n } = useTranslation();
  // The replay may go on meanwhile: the note is about what was seen when it was asked for.
  const [about] = useState(asked);
  const [text, setText] = useState('');
  const { add } = useAnnotate(range);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = new Date(about.at).toISOString();
    add.mutate({ at, messageId: about.frameId, text }, { onSuccess: onWritten });
  };
  return (
    <form className="pb stack" onSubmit={submit}>
      <label htmlFor="note-text">{t('rerun.noteAt', { time: clock(i18n.language, about.at) })}</label>
      <textarea
        id="note-text"
        className="in"
        rows={3}
        maxLength={2_000}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: somebody just asked to write
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      {add.isError && <ProblemNote error={add.error} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="btn" onClick={onWritten}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={text.trim() === '' || add.isPending}>
          {t('rerun.noteSave')}
        </button>
      </div>
    </form>
  );
}
