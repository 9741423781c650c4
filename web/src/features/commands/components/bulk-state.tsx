import type { BulkCommand, BulkTargetState } from '@cpo-console/shared/api/commands.ts';
import { isAccepting } from '@cpo-console/shared/ocpp/answer-word.ts';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';

const LOOK: Record<BulkTargetState, [tone: Tone, icon: IconName]> = {
  waiting: ['off', 'ring'],
  'left-out': ['off', 'cross'],
  'not-sent': ['off', 'ring'],
  queued: ['warn', 'clock'],
  sent: ['warn', 'half'],
  answered: ['ok', 'check'],
  error: ['bad', 'triangle'],
  timeout: ['bad', 'clock'],
  'not-connected': ['off', 'ring'],
  expired: ['off', 'clock'],
  cancelled: ['off', 'cross'],
};
const LEFT_OUT = ['not-registered', 'unknown-version', 'unknown-action', 'invalid-payload'];

/** What came of it at a charge point: "Accepted", "no answer", "left out: its version does not know the action". */
export function BulkTargetTag({ state, word }: { state: BulkTargetState; word: string | null }) {
  const { t } = useTranslation();
  const [tone, icon] = state === 'answered' && word && !isAccepting(word) ? (['warn', 'cross'] as const) : LOOK[state];
  const said = word !== null && LEFT_OUT.includes(word) ? t(`bulk.reason.${word as 'unknown-action'}`) : word;
  const isTold = state === 'answered' || state === 'error';
  const label = t(`bulk.target.${state}`);
  return (
    <Tag tone={tone} icon={icon}>
      {said === null ? label : isTold ? said : `${label}: ${said}`}
    </Tag>
  );
}

const RUN_LOOK: Record<BulkCommand['state'], [tone: Tone, icon: IconName]> = {
  running: ['warn', 'half'],
  done: ['ok', 'check'],
  stopped: ['off', 'cross'],
  interrupted: ['bad', 'triangle'],
};

export function BulkRunTag({ state }: { state: BulkCommand['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = RUN_LOOK[state];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`bulk.run.${state}`)}
    </Tag>
  );
}
