import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Drawer, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CommandAnswer } from '../../../components/ui/command-answer.tsx';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { Age } from '../../../components/ui/time.tsx';
import { baseUrl } from '../../../lib/base-url.ts';
import { useMay } from '../../../lib/permissions.ts';
import type { FormName } from '../api/forms.ts';
import { type Order, useOrder } from '../api/orders.ts';
import { JobList } from './job-list.tsx';
import { LogForm } from './log-form.tsx';
import { UpdateForm } from './update-form.tsx';

interface FirmwareAndLogsProps {
  thing: Thing;
  /** The job whose history shows. */
  job: string | undefined;
  /** The form that is open. */
  form: FormName | undefined;
  onChange: (patch: { job?: string | undefined; form?: FormName | undefined }) => void;
}

/** What runs on a charge point, what is being done about it, and the logs that it has sent. */
export function FirmwareAndLogs({ thing, job, form, onChange }: FirmwareAndLogsProps) {
  const { t } = useTranslation();
  const { thingName: name } = thing;
  const order = useOrder(name);
  const close = () => onChange({ form: undefined });
  const place = (asked: Order) => {
    close();
    order.mutate(asked);
  };
  return (
    <>
      <CurrentFirmware
        thing={thing}
        busy={order.isPending}
        onOrder={place}
        onForm={(next) => onChange({ form: next })}
      />
      {order.isPending && (
        <span className="mut" role="status">
          {t('commands.waiting', { name })}
        </span>
      )}
      {order.data && !order.isPending && <CommandAnswer command={order.data} announce />}
      {order.error && <ProblemNote error={order.error} />}
      <JobList thingName={name} chosen={job} onChoose={(id) => onChange({ job: id })} onOrder={place} />
      <Drawer
        opened={form !== undefined}
        onClose={close}
        position="right"
        size={520}
        title={form && t(`firmware.form.${form}`, { name })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {form === 'log' && <LogForm thing={thing} onOrder={place} onClose={close} />}
        {(form === 'update' || form === 'publish') && (
          <UpdateForm key={form} kind={form} thing={thing} onOrder={place} onClose={close} />
        )}
      </Drawer>
    </>
  );
}

interface CurrentFirmwareProps {
  thing: Thing;
  busy: boolean;
  onOrder: (order: Order) => void;
  onForm: (form: FormName) => void;
}

function CurrentFirmware({ thing, busy, onOrder, onForm }: CurrentFirmwareProps) {
  const { t } = useTranslation();
  const mayUpdate = useMay('firmware:write');
  const maySend = useMay('commands:support');
  const { protocol, connected, state } = thing;
  const { chargingStation, firmwareStatus, logStatus, diagnosticsStatus } = state;
  const getLogs = () => onOrder({ kind: 'log', order: { baseUrl: baseUrl() } });
  const last = [
    ['firmware', firmwareStatus] as const,
    ['log', logStatus] as const,
    ['diagnostics', diagnosticsStatus] as const,
  ];
  return (
    <section className="panel pb row wrap" aria-label={t('firmware.current')} style={{ gap: '8px 28px' }}>
      <dl className="kv grow" style={{ minWidth: 260 }}>
        <dt>{t('firmware.current')}</dt>
        <dd className="b">
          {chargingStation?.firmwareVersion ?? <span className="mut">{t('firmware.unknown')}</span>}
        </dd>
        {last.map(
          ([what, status]) =>
            status && (
              <FirmwareStatus key={what} label={t(`firmware.last.${what}`)} status={status.status} at={status.at} />
            ),
        )}
      </dl>
      {protocol === null && maySend && <span className="sub">{t('firmware.neverSeen')}</span>}
      <div className="row wrap">
        {maySend && protocol !== null && (
          <>
            <button type="button" className="btn p" disabled={busy || !connected} onClick={getLogs}>
              {t('firmware.getLogs')}
            </button>
            <button type="button" className="btn" disabled={busy} onClick={() => onForm('log')}>
              {t('firmware.getLogsAs')}
            </button>
          </>
        )}
        {mayUpdate && protocol !== null && (
          <button type="button" className="btn" disabled={busy} onClick={() => onForm('update')}>
            {t('firmware.update')}
          </button>
        )}
        {mayUpdate && protocol !== null && protocol !== 'ocpp1.6' && (
          <Menu position="bottom-end">
            <Menu.Target>
              <button type="button" className="btn" disabled={busy}>
                {t('thing.more')} <span aria-hidden="true">▾</span>
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onForm('publish')}>{t('firmware.publish')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </section>
  );
}

function FirmwareStatus({ label, status, at }: { label: string; status: string; at: number }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {status}{' '}
        <span className="mut">
          <Age at={new Date(at).toISOString()} />
        </span>
      </dd>
    </>
  );
}
