import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { SkeletonRows } from '../../../components/ui/skeleton.tsx';
import { versionName } from '../../../lib/station-view.ts';
import { actionsQuery } from '../api/commands.ts';
import { ActionPicker } from './action-picker.tsx';
import { BulkForm } from './bulk-form.tsx';

interface BulkDrawerProps {
  /** Empty: closed. */
  things: readonly Thing[];
  onClose: () => void;
  onStarted: (id: string) => void;
}

/** One command for many charge points. */
export function BulkDrawer({ things, onClose, onStarted }: BulkDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={things.length > 0}
      onClose={onClose}
      position="right"
      size={680}
      title={t('bulk.title', { count: things.length })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {things.length > 0 && <BulkBody things={things} onStarted={onStarted} />}
    </Drawer>
  );
}

function BulkBody({ things, onStarted }: Omit<BulkDrawerProps, 'onClose'>) {
  const { t } = useTranslation();
  const versions = countVersions(things);
  const [version, setVersion] = useState<OcppVersion>(versions[0]?.[0] ?? 'ocpp2.0.1');
  const [chosen, setChosen] = useState<string | undefined>();
  const { data: actions, error, refetch } = useQuery(actionsQuery(version));
  const action = actions?.find((each) => each.action === chosen);
  return (
    <div className="stack">
      {versions.length > 1 && (
        <fieldset className="row wrap" style={{ border: 0, padding: 0, margin: 0 }}>
          <legend className="label">{t('bulk.writtenFor')}</legend>
          {versions.map(([each, count]) => (
            <button
              key={each}
              type="button"
              className={`chip ${each === version ? 'on' : ''}`}
              aria-pressed={each === version}
              onClick={() => setVersion(each)}
            >
              OCPP {versionName(each)} <b>{count}</b>
            </button>
          ))}
        </fieldset>
      )}
      {error && <ProblemNote error={error} retry={() => void refetch()} />}
      {!actions && !error && <SkeletonRows />}
      {actions && <ActionPicker actions={actions} chosen={chosen} onChoose={setChosen} folded={action !== undefined} />}
      {action && <BulkForm key={`${version} ${action.action}`} things={things} action={action} onStarted={onStarted} />}
    </div>
  );
}

/** The most frequent first. Those that never connected have none. */
function countVersions(things: readonly Thing[]): [OcppVersion, number][] {
  const counts = new Map<OcppVersion, number>();
  for (const { protocol } of things) if (protocol !== null) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
