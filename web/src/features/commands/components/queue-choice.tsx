import { useTranslation } from 'react-i18next';

const HOUR = 3_600;
const CHOICES = [
  { seconds: 0, key: 'queueNot' },
  { seconds: HOUR, key: 'queueHour' },
  { seconds: 8 * HOUR, key: 'queueHours' },
  { seconds: 24 * HOUR, key: 'queueDay' },
  { seconds: 168 * HOUR, key: 'queueWeek' },
] as const;

interface QueueChoiceProps {
  label: string;
  seconds: number;
  onSeconds: (seconds: number) => void;
}

/** What to do for a charge point that is away. */
export function QueueChoice({ label, seconds, onSeconds }: QueueChoiceProps) {
  const { t } = useTranslation();
  return (
    <label className="row wrap">
      <span>{label}</span>
      <select
        className="in"
        style={{ width: 'auto' }}
        value={seconds}
        onChange={(event) => onSeconds(Number(event.target.value))}
      >
        {CHOICES.map((choice) => (
          <option key={choice.key} value={choice.seconds}>
            {t(`commands.${choice.key}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
