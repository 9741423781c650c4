import type { LocalListState as State } from '@cpo-console/shared/api/access.ts';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';

const LOOK: Record<State, [tone: Tone, icon: IconName]> = {
  unknown: ['off', 'ring'],
  pending: ['warn', 'clock'],
  'in-step': ['ok', 'check'],
  'out-of-step': ['bad', 'triangle'],
  'not-supported': ['off', 'cross'],
};

export function LocalListState({ state }: { state: State }) {
  const { t } = useTranslation();
  const [tone, icon] = LOOK[state];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`access.list.state.${state}`)}
    </Tag>
  );
}
