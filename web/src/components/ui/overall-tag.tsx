import type { OverallState } from '@cpo-console/shared/api/contracts.ts';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation();
  const [tone, icon] = LOOK[state];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`state.${state}`)}
    </Tag>
  );
}
