import type { ReplayOutline } from '@cpo-console/shared/api/log.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { Findings } from '../../../components/ui/findings.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { findingsQuery } from '../../../lib/finding-queries.ts';
import { dateTime, number } from '../../../lib/format.ts';
import { useMay } from '../../../lib/permissions.ts';
import { annotationsQuery } from '../api/annotation-queries.ts';
import { rememberReplay } from '../api/recent-replays.ts';
import { outlineQuery, type ReplayRange } from '../api/replay-queries.ts';
import type { ReplaySearch } from '../api/replay-search.ts';
import { extentOf, nextTrouble, rowAt, rowOfFrame, rowsOf, sequenceOf, timeOf, troubleCount } from '../api/timeline.ts';
import { isWhole } from '../api/timeline-view.ts';
import { usePlayback } from '../api/use-playback.ts';
import { useReplayKeys } from '../api/use-replay-keys.ts';
import { useStateAt } from '../api/use-state-at.ts';
import { type TimelineView, useTimelineView } from '../api/use-timeline-view.ts';
import { Controls } from './controls.tsx';
import { Notes } from './notes.tsx';
import styles from './replay.module.css';
import { RerunDialog } from './rerun-dialog.tsx';
import { SequenceList } from './sequence-list.tsx';
import { StatePanel } from './state-panel.tsx';
import { Timeline } from './timeline.tsx';

interface ReplayProps {
  range: ReplayRange;
  search: ReplaySearch;
  onSearch: (patch: ReplaySearch) => void;
}

export function Replay({ range, search, onSearch }: ReplayProps) {
  const { t, i18n } = useTranslation();
  const { data: outline, error, refetch } = useQuery(outlineQuery(range));
  const mayRun = useMay('replays:run');
  const mayAnnotate = useMay('annotations:write');
  const [rerunning, setRerunning] = useState(false);
  const [annotating, setAnnotating] = useState(false);
  useEffect(() => rememberReplay(range), [range]);
  const hasFrames = outline !== undefined && outline.ids.length > 0;
  const during = `${dateTime(i18n.language, range.from)} – ${dateTime(i18n.language, range.to)}`;
  return (
    <>
      <div className="row wrap">
        <h1>{t('replay.title', { name: range.thingName })}</h1>
        <span className="mut">
          {during}
          {outline &&
            ` · ${t('replay.frames', { count: outline.ids.length, number: number(i18n.language, outline.ids.length) })} · ${t('replay.troubles', { count: troubleCount(outline) })}`}
        </span>
        <span className="grow" />
        {hasFrames && mayAnnotate && (
          <button type="button" className="btn" onClick={() => setAnnotating(true)}>
            {t('rerun.note')}
          </button>
        )}
        {hasFrames && mayRun && (
          <button type="button" className="btn" onClick={() => setRerunning(true)}>
            {t('rerun.open')}
          </button>
        )}
        <CopyButton text={() => window.location.href} label={t('replay.share')} small={false} />
      </div>
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {!outline && !error && (
        <div className="panel">
          <SkeletonRows rows={14} />
        </div>
      )}
      {outline && outline.ids.length === 0 && (
        <div className="panel empty">
          <h2>{t('replay.empty')}</h2>
          <p>{t('replay.emptyHint', { name: range.thingName })}</p>
        </div>
      )}
      {outline && outline.ids.length > 0 && (
        <Player
          key={outline.start}
          range={range}
          outline={outline}
          search={search}
          onSearch={onSearch}
          annotating={annotating}
          onAnnotated={() => setAnnotating(false)}
        />
      )}
      <RerunDialog range={range} open={rerunning} onClose={() => setRerunning(false)} />
    </>
  );
}

interface PlayerProps extends ReplayProps {
  outline: ReplayOutline;
  annotating: boolean;
  onAnnotated: () => void;
}

function Player({ range, outline, search, onSearch, annotating, onAnnotated }: PlayerProps) {
  const start =
    rowOfFrame(outline, search.frame) ?? (search.at === undefined ? 0 : rowAt(outline, Date.parse(search.at)));
  const skipIdle = search.idle !== 'wait';
  const speed = search.speed ?? '10';
  const { position, playing, seek, toggle } = usePlayback({ outline, start, speed: Number(speed), skipIdle });
  const sequence = useMemo(() => sequenceOf(outline), [outline]);
  const { standing, error, refetch } = useStateAt(range, outline, position);
  // What looks wrong takes a while to find: how it stood comes first.
  const [seen, setSeen] = useState(false);
  if (standing !== null && !seen) setSeen(true);
  const { data: findings } = useQuery({ ...findingsQuery(range), enabled: seen });
  const { data: notes } = useQuery(annotationsQuery(range));
  // The frame that a finding begins with: its others are more of the same.
  const found = useMemo(
    () =>
      rowsOf(
        outline,
        (findings?.items ?? []).flatMap(({ messageIds }) => messageIds.slice(0, 1)),
      ),
    [outline, findings],
  );
  const foundAt = useMemo(() => (findings?.items ?? []).map(({ from }) => Date.parse(from)), [findings]);
  const notedAt = useMemo(() => (notes ?? []).map(({ at }) => Date.parse(at)), [notes]);
  const here = { at: timeOf(outline, position), frameId: String(outline.ids[position]) };
  const extent = useMemo(() => extentOf(outline), [outline]);
  const timelineView = useTimelineView(extent, search, here.at);
  const stepExchange = (step: 1 | -1) => {
    const item = sequence.items[(sequence.itemOf[position] ?? 0) + step];
    if (item) seek(outline.answer[item.row] === -1 ? item.row : (outline.answer[item.row] ?? item.row));
  };
  const jump = (step: 1 | -1) => {
    const row = nextTrouble(outline, { from: position, step, found });
    if (row !== null) seek(row);
  };
  useReplayKeys({
    toggle,
    step: (step) => seek(position + step),
    stepExchange,
    jump,
    toEnd: (step) => seek(step === 1 ? outline.ids.length - 1 : 0),
    zoom: timelineView.stepZoom,
    pan: (step) => timelineView.pan(step * PAN_SHARE),
    fit: timelineView.fit,
  });
  useAddress({ outline, position, view: timelineView, playing, onSearch });
  return (
    <>
      <div className={styles.two}>
        <SequenceList range={range} outline={outline} sequence={sequence} position={position} onSeek={seek} />
        <div className={styles.side}>
          {error && <ProblemNote error={error} retry={() => void refetch()} />}
          {seen && (
            <Findings
              range={range}
              onMessage={(id) => {
                const row = rowOfFrame(outline, id);
                if (row !== null) seek(row);
              }}
            />
          )}
          <Notes
            range={range}
            writingAt={annotating ? here : null}
            onWritten={onAnnotated}
            onGo={(at, messageId) => seek(rowOfFrame(outline, messageId ?? undefined) ?? rowAt(outline, at))}
          />
          <StatePanel
            importId={range.import}
            state={standing?.state ?? null}
            curves={standing?.curves ?? []}
            {...here}
          />
        </div>
      </div>
      <div className={`panel ${styles.foot}`}>
        <Timeline
          outline={outline}
          position={position}
          timelineView={timelineView}
          findings={foundAt}
          notes={notedAt}
          onSeek={seek}
        />
        <Controls
          outline={outline}
          position={position}
          playing={playing}
          speed={speed}
          skipIdle={skipIdle}
          timelineView={timelineView}
          onToggle={toggle}
          onStep={(step) => seek(position + step)}
          onStepExchange={stepExchange}
          onJump={jump}
          onSearch={onSearch}
        />
      </div>
    </>
  );
}

const PAN_SHARE = 0.25;
const ADDRESS_AFTER_MS = 250;

interface AddressOptions {
  outline: ReplayOutline;
  position: number;
  view: TimelineView;
  playing: boolean;
  onSearch: (patch: ReplaySearch) => void;
}

/** Where it stands is in the address once it stands still. */
function useAddress({ outline, position, view: timelineView, playing, onSearch }: AddressOptions): void {
  const first = useRef(true);
  const { view, extent } = timelineView;
  useEffect(() => {
    if (playing) return;
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => {
      const shown = isWhole(view, extent) ? null : view;
      onSearch({
        at: isoOf(timeOf(outline, position)),
        frame: String(outline.ids[position]),
        viewFrom: shown ? isoOf(shown.from) : undefined,
        viewTo: shown ? isoOf(shown.to) : undefined,
      } as ReplaySearch);
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [outline, position, view, extent, playing, onSearch]);
}

const isoOf = (instant: number): string => new Date(instant).toISOString();
