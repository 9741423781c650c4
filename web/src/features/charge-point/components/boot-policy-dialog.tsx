import type { BootDecision, ThingBootPolicy } from '@cpo-console/shared/api/configuration.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { bootPolicyQuery, isHeldBack, useSetBootPolicy } from '../api/boot-policy.ts';

interface BootPolicyDialogProps {
  thing: Thing;
  open: boolean;
  onClose: () => void;
  /** It is to announce itself right now, so that the new decision holds at once. */
  onTrigger: () => void;
}

/** Whether a charge point is let in when it boots. */
export function BootPolicyDialog({ thing, open, onClose, onTrigger }: BootPolicyDialogProps) {
  const { t } = useTranslation();
  const { data: policy, error } = useQuery({ ...bootPolicyQuery(thing.thingName), enabled: open });
  return (
    <Modal
      opened={open}
      onClose={onClose}
      centered
      title={t('boot.title', { name: thing.thingName })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {error && <ProblemNote error={error} />}
      {!policy && !error && <SkeletonRows rows={4} />}
      {policy && <BootPolicyForm thing={thing} policy={policy} onClose={onClose} onTrigger={onTrigger} />}
    </Modal>
  );
}

type FormProps = Omit<BootPolicyDialogProps, 'open'> & { policy: ThingBootPolicy };

function BootPolicyForm({ thing, policy, onClose, onTrigger }: FormProps) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState<BootDecision | null>(policy.own ? policy.decision : null);
  const [seconds, setSeconds] = useState(String(policy.retryIntervalSeconds));
  const [trigger, setTrigger] = useState(true);
  const save = useSetBootPolicy(thing.thingName);
  const isHeld = isHeldBack(thing);
  const waits = decision === 'Pending' || decision === 'Rejected';
  const submit = () =>
    save.mutate(
      { decision, retryIntervalSeconds: Number(seconds) },
      {
        onSuccess: () => {
          onClose();
          if (isHeld && trigger && thing.connected) onTrigger();
        },
      },
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0, gap: 8 }}>
        <legend className="label" style={{ marginBottom: 6 }}>
          {t('boot.legend')}
        </legend>
        {([null, 'Accepted', 'Pending', 'Rejected'] as const).map((each) => (
          <label key={each} className="row" style={{ alignItems: 'flex-start' }}>
            <input
              type="radio"
              name="boot-decision"
              checked={decision === each}
              onChange={() => setDecision(each)}
              style={{ marginTop: 3 }}
            />
            <span>
              <span className="b">{t(`boot.decision.${each ?? 'fleet'}`)}</span>
              <span className="sub" style={{ display: 'block' }}>
                {t(`boot.meaning.${each ?? 'fleet'}`)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {waits && (
        <div className="field">
          <label htmlFor="boot-retry">{t('boot.retry')}</label>
          <input
            id="boot-retry"
            className="in"
            style={{ maxWidth: 140 }}
            type="number"
            min={0}
            max={86_400}
            required
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
          <span className="hint">{t('boot.retryHint')}</span>
        </div>
      )}
      {isHeld && (
        <label className="row">
          <input
            type="checkbox"
            checked={trigger && thing.connected}
            disabled={!thing.connected}
            onChange={(event) => setTrigger(event.target.checked)}
          />
          {t('boot.trigger')}
        </label>
      )}
      {save.isError && <ProblemNote error={save.error} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={save.isPending}>
          {t('action.save')}
        </button>
      </div>
    </form>
  );
}
