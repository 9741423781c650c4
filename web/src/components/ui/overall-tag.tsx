import type { OverallState } from '@cpo-console/shared/api/things.ts';
import { useText } from '../../lib/use-text.ts';
import type { IconName } from './icons.tsx';
import { Tag, type Tone } from './tag.tsx';

const LOOK: Record<OverallState, [tone: Tone, icon: IconName]> = {
  connected: ['ok', 'full'],
  charging: ['chg', 'bolt'],
  faulted: ['bad', 'triangle'],
  booting: ['warn', 'half'],
  offline: ['off', 'ring'],
  'never-seen': ['off', 'clock'],
};

export function OverallTag({ state }: { state: OverallState }) {
  const { t } = useText();
  const [tone, icon] = LOOK[state];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`state.${state}`)}
    </Tag>
  );
}
