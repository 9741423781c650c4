import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { versionName } from '../../../lib/station-view.ts';
import { actionsQuery, sentPayloadQuery } from '../api/commands.ts';
import { useKnownValues } from '../api/known-values.ts';
import { ActionPicker } from './action-picker.tsx';
import { CommandForm } from './command-form.tsx';
import { CommandHistory } from './command-history.tsx';
import styles from './commands.module.css';

interface CommandsProps {
  thing: Thing;
  /** The chosen action, from the address. */
  chosen: string | undefined;
  /** The message whose payload the form begins with. */
  again: string | undefined;
  /** The command of the history that is looked at. */
  sent: string | undefined;
  onChoose: (action: string) => void;
}

/** Everything that can be asked of this charge point, in its version's words. */
export function Commands({ thing, chosen, again, sent, onChoose }: CommandsProps) {
  const { t } = useTranslation();
  const protocol = thing.protocol ?? 'ocpp2.0.1';
  const { data: actions, error, refetch } = useQuery(actionsQuery(protocol));
  const action =
    actions?.find((each) => each.action === chosen) ?? actions?.find((each) => each.action === 'TriggerMessage');
  const known = useKnownValues(thing);
  const earlier = useQuery({ ...sentPayloadQuery(again ?? ''), enabled: again !== undefined });
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!actions || !known || earlier.isLoading) {
    return (
      <div className="panel">
        <SkeletonRows />
      </div>
    );
  }
  return (
    <>
      {thing.protocol === null && (
        <div className="note info">{t('commands.versionUnknown', { version: versionName(protocol) })}</div>
      )}
      <div className={styles.layout}>
        <ActionPicker actions={actions} chosen={action?.action} onChoose={onChoose} />
        {action && (
          <CommandForm
            key={`${protocol} ${action.action} ${again}`}
            {...{ thing, action, known }}
            payload={action.action === chosen ? earlier.data : undefined}
          />
        )}
        <CommandHistory thingName={thing.thingName} sent={sent} />
      </div>
    </>
  );
}
