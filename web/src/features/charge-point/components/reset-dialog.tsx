import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';

const TYPES = {
  'ocpp1.6': ['Soft', 'Hard'],
  'ocpp2.0.1': ['OnIdle', 'Immediate'],
  'ocpp2.1': ['OnIdle', 'Immediate', 'ImmediateAndResume'],
} as const;

interface ResetDialogProps {
  thing: Thing;
  open: boolean;
  onReset: (command: NewCommand) => void;
  onClose: () => void;
}

/** The gentle kind is the one that is chosen first. */
export function ResetDialog({ thing, open, onReset, onClose }: ResetDialogProps) {
  const { t } = useTranslation();
  const { thingName: name } = thing;
  const types = TYPES[thing.protocol ?? 'ocpp2.0.1'];
  const [chosen, setChosen] = useState<string | null>(null);
  const type = types.find((each) => each === chosen) ?? types[0];
  return (
    <ConfirmDialog
      open={open}
      title={t('commands.confirmTitle', { action: 'Reset', name })}
      confirmLabel={t('thing.reset')}
      onConfirm={() => onReset({ action: 'Reset', payload: { type } })}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t('effect.Reset', { name })}</p>
      <fieldset className="stack" style={{ border: 0, padding: 0, margin: '0 0 10px', gap: 6 }}>
        <legend className="hide">{t('reset.type')}</legend>
        {types.map((each) => (
          <label key={each} className="row" style={{ alignItems: 'flex-start' }}>
            <input
              type="radio"
              name="reset-type"
              checked={type === each}
              onChange={() => setChosen(each)}
              style={{ marginTop: 3 }}
            />
            <span>
              <span className="b">{each}</span>
              <span className="sub" style={{ display: 'block' }}>
                {t(`reset.meaning.${each}`)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {thing.state.transactions.length > 0 && (
        <div className="note care">{t('commands.sessionsRunning', { count: thing.state.transactions.length })}</div>
      )}
    </ConfirmDialog>
  );
}
