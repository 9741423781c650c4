import type { ReplayOutline } from '@cpo-console/shared/api/log.ts';
import { useTranslation } from 'react-i18next';
import { clock, exact } from '../../../lib/format.ts';
import { type ReplaySearch, SPEEDS } from '../api/replay-search.ts';
import { timeOf } from '../api/timeline.ts';
import { isWhole } from '../api/timeline-view.ts';
import type { TimelineView } from '../api/use-timeline-view.ts';
import styles from './replay.module.css';

interface ControlsProps {
  outline: ReplayOutline;
  position: number;
  playing: boolean;
  speed: string;
  skipIdle: boolean;
  timelineView: TimelineView;
  onToggle: () => void;
  onStep: (step: 1 | -1) => void;
  onStepExchange: (step: 1 | -1) => void;
  onJump: (step: 1 | -1) => void;
  onSearch: (patch: ReplaySearch) => void;
}

export function Controls(props: ControlsProps) {
  const {
    outline,
    position,
    playing,
    speed,
    skipIdle,
    timelineView,
    onToggle,
    onStep,
    onStepExchange,
    onJump,
    onSearch,
  } = props;
  const { t, i18n } = useTranslation();
  const at = timeOf(outline, position);
  const end = timeOf(outline, outline.ids.length - 1);
  const steps: [label: string, mark: string, act: () => void][] = [
    [t('replay.exchangeBack'), '⇤', () => onStepExchange(-1)],
    [t('replay.messageBack'), '←', () => onStep(-1)],
    [t('replay.messageOn'), '→', () => onStep(1)],
    [t('replay.exchangeOn'), '⇥', () => onStepExchange(1)],
  ];
  return (
    <div className={`row wrap ${styles.controls}`}>
      <button type="button" className="btn p" onClick={onToggle} aria-pressed={playing}>
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span> {playing ? t('replay.pause') : t('replay.play')}
      </button>
      {steps.map(([label, mark, act]) => (
        <button key={label} type="button" className="btn" aria-label={label} title={label} onClick={act}>
          {mark}
        </button>
      ))}
      <button type="button" className="btn" onClick={() => onJump(1)}>
        {t('replay.nextTrouble')}
      </button>
      <select
        className="in"
        style={{ width: 'auto' }}
        aria-label={t('replay.speed')}
        value={speed}
        onChange={(event) => {
          const chosen = SPEEDS.find((each) => each === event.target.value);
          if (chosen) onSearch({ speed: chosen });
        }}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <label className="chip">
        <input
          type="checkbox"
          checked={skipIdle}
          onChange={() => onSearch({ idle: skipIdle ? 'wait' : undefined } as ReplaySearch)}
        />
        {t('replay.skipIdle')}
      </label>
      <Zoom {...timelineView} />
      <span className="grow" />
      <span className="m" title={exact(at)}>
        {clock(i18n.language, at)} / {clock(i18n.language, end)}
      </span>
      <span className={`mut ${styles.keys}`}>{t('replay.keys')}</span>
    </div>
  );
}

function Zoom({ view, extent, stepZoom, fit }: TimelineView) {
  const { t } = useTranslation();
  const whole = isWhole(view, extent);
  return (
    <fieldset className={styles.zoom} aria-label={t('timeline.label')}>
      <button
        type="button"
        className="btn"
        aria-label={t('timeline.away')}
        title={t('timeline.away')}
        disabled={whole}
        onClick={() => stepZoom(-1)}
      >
        −
      </button>
      <button
        type="button"
        className="btn"
        aria-label={t('timeline.closer')}
        title={t('timeline.closer')}
        onClick={() => stepZoom(1)}
      >
        +
      </button>
      <button type="button" className="btn" title={t('timeline.fitHint')} disabled={whole} onClick={fit}>
        {t('timeline.fit')}
      </button>
    </fieldset>
  );
}
