import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { useMay } from '../../../lib/permissions.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { type AvailabilityPlace, askedOf, availabilityCommand } from '../api/availability.ts';

interface AvailabilityControlProps {
  thing: Thing;
  place: AvailabilityPlace;
  /** As people call the place. */
  label: string;
  isOut: boolean;
}

/** What was asked for, scheduled or done, and the way to ask for the other. */
export function AvailabilityControl({ thing, place, label, isOut }: AvailabilityControlProps) {
  const { t } = useTranslation();
  const may = useMay('commands:operate');
  const [asking, setAsking] = useState(false);
  const send = useCommand(thing.thingName);
  const asked = askedOf(thing, place);
  const isScheduled = asked !== undefined && asked.doneAt === null;
  const run = (wanted: 'Operative' | 'Inoperative') => {
    setAsking(false);
    send.mutate(availabilityCommand(place, wanted, thing.protocol ?? 'ocpp2.0.1'));
  };
  const offersIn = isOut || asked?.wanted === 'Inoperative';
  return (
    <div className="row wrap" style={{ gap: 8 }}>
      {asked && (isScheduled || asked.wanted === 'Inoperative') && (
        <span className="row wrap" style={{ gap: 6 }}>
          <Tag tone={isScheduled ? 'warn' : 'off'} icon={isScheduled ? 'clock' : 'cross'}>
            {t(isScheduled ? `availability.scheduled${asked.wanted}` : 'availability.doneInoperative')}
          </Tag>
          <span className="mut" style={{ whiteSpace: 'nowrap' }}>
            <Age at={new Date(asked.askedAt).toISOString()} />
          </span>
        </span>
      )}
      {may && thing.connected && (
        <button
          type="button"
          className="btn small"
          disabled={send.isPending}
          onClick={() => (offersIn ? run('Operative') : setAsking(true))}
        >
          {offersIn ? t('availability.in') : t('availability.out')}
        </button>
      )}
      {send.data && <CommandAnswer command={send.data} announce />}
      {send.error && <ProblemNote error={send.error} />}
      <ConfirmDialog
        open={asking}
        title={t('availability.outTitle', { place: label, name: thing.thingName })}
        confirmLabel={t('availability.outConfirm')}
        onConfirm={() => run('Inoperative')}
        onClose={() => setAsking(false)}
      >
        {t('availability.outEffect')}
      </ConfirmDialog>
    </div>
  );
}
