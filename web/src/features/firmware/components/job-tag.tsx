import type { JobState } from '@cpo-console/shared/api/jobs.ts';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/ui/icons.tsx';
import { Tag, type Tone } from '../../../components/ui/tag.tsx';

const LOOK: Record<JobState, [tone: Tone, icon: IconName]> = {
  waiting: ['warn', 'clock'],
  running: ['chg', 'half'],
  succeeded: ['ok', 'check'],
  failed: ['bad', 'triangle'],
};

export function JobTag({ status, state }: { status: string; state: JobState }) {
  const [tone, icon] = LOOK[state];
  return (
    <Tag tone={tone} icon={icon}>
      <StatusWord status={status} />
    </Tag>
  );
}

const OURS = [
  'Requested',
  'NotAnswered',
  'Refused',
  'NotSent',
  'NothingToUpload',
  'FileFetched',
  'FileReceived',
  'UploadBrokeOff',
  'UploadCut',
  'UploadRefused',
] as const;
const isOurs = (status: string): status is (typeof OURS)[number] => OURS.some((each) => each === status);

/** Our own words in the reader's language, OCPP's as they are. */
export function StatusWord({ status }: { status: string }) {
  const { t } = useTranslation();
  return isOurs(status) ? t(`firmware.status.${status}`) : status;
}
