import type { NewLogRequest } from '@cpo-console/shared/api/jobs.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { baseUrl, rememberBaseUrl } from '../../../lib/base-url.ts';
import { instant, LOG_TYPES, type LogType, type Order } from '../api/orders.ts';
import { CommonInputs, commonOrder, Input } from './order-fields.tsx';

interface LogFormProps {
  thing: Thing;
  onOrder: (order: Order) => void;
  onClose: () => void;
}

export function LogForm({ thing, onOrder, onClose }: LogFormProps) {
  const { t } = useTranslation();
  const types = LOG_TYPES[thing.protocol ?? 'ocpp2.0.1'];
  const [fields, setFields] = useState({
    logType: types[0] as LogType,
    from: '',
    to: '',
    url: '',
    baseUrl: baseUrl(),
    retries: '',
    retryInterval: '',
    queueHours: '',
  });
  const set = (patch: Partial<typeof fields>) => setFields((old) => ({ ...old, ...patch }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rememberBaseUrl(fields.baseUrl);
    const [from, to] = [instant(fields.from), instant(fields.to)];
    const order: NewLogRequest = {
      ...commonOrder(fields),
      logType: fields.logType,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(fields.url !== '' && { url: fields.url }),
    };
    onOrder({ kind: 'log', order });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="log-type">{t('firmware.logType')}</label>
        <select
          id="log-type"
          className="in"
          value={fields.logType}
          onChange={(event) => set({ logType: event.target.value as LogType })}
        >
          {types.map((type) => (
            <option key={type} value={type}>
              {t(`firmware.logTypes.${type}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="row">
        <Input
          label={t('firmware.from')}
          type="datetime-local"
          value={fields.from}
          onChange={(from) => set({ from })}
        />
        <Input label={t('firmware.to')} type="datetime-local" value={fields.to} onChange={(to) => set({ to })} />
      </div>
      <Input
        label={t('firmware.destination')}
        placeholder={t('firmware.here')}
        value={fields.url}
        onChange={(url) => set({ url })}
        hint={t('firmware.destinationHint')}
      />
      <CommonInputs thing={thing} fields={fields} set={set} toHere={fields.url === ''} />
      <div className="row">
        <button type="submit" className="btn p" disabled={!thing.connected && fields.queueHours === ''}>
          {t('firmware.getLogs')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}
