import type { FirmwareFile, FirmwareSource } from '@cpo-console/shared/api/jobs.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../components/ui/problem-note.tsx';
import { baseUrl, rememberBaseUrl } from '../../../lib/base-url.ts';
import { firmwareFilesQuery } from '../api/firmware-queries.ts';
import { instant, type Order } from '../api/orders.ts';
import { CommonInputs, commonOrder, Input } from './order-fields.tsx';
import { Signing } from './signing.tsx';
import { SourceFields } from './source-fields.tsx';

interface UpdateFormProps {
  kind: 'update' | 'publish';
  thing: Thing;
  onOrder: (order: Order) => void;
  onClose: () => void;
}

const EMPTY = {
  from: 'kept' as 'kept' | 'elsewhere',
  firmwareFileId: '',
  url: '',
  checksum: '',
  retrieveAt: '',
  installAt: '',
  signed: true,
  signature: '',
  signingCertificate: '',
  retries: '',
  retryInterval: '',
  queueHours: '',
};
type Fields = typeof EMPTY & { baseUrl: string };

/** A kept file or an address of elsewhere, when, and how it is checked. */
export function UpdateForm({ kind, thing, onOrder, onClose }: UpdateFormProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(firmwareFilesQuery);
  const files = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [fields, setFields] = useState<Fields>({ ...EMPTY, baseUrl: baseUrl() });
  const set = (patch: Partial<Fields>) => setFields((old) => ({ ...old, ...patch }));
  const file = files.find(({ id }) => id === fields.firmwareFileId) ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rememberBaseUrl(fields.baseUrl);
    onOrder(kind === 'update' ? updateOrder(fields, file) : publishOrder(fields));
  };
  const name = thing.thingName;
  return (
    <form className="stack" onSubmit={submit}>
      {query.error && <ProblemNote error={query.error} retry={() => void query.refetch()} />}
      <SourceFields files={files} thing={thing} fields={fields} set={set} />
      {kind === 'publish' && fields.from === 'elsewhere' && (
        <Input
          label={t('firmware.checksum')}
          required
          value={fields.checksum}
          onChange={(checksum) => set({ checksum: checksum.trim() })}
        />
      )}
      {kind === 'update' && (
        <>
          <Signing file={fields.from === 'kept' ? file : null} fields={fields} set={set} />
          <div className="row">
            <Input
              label={t('firmware.retrieveAt')}
              type="datetime-local"
              value={fields.retrieveAt}
              onChange={(retrieveAt) => set({ retrieveAt })}
            />
            {thing.protocol !== 'ocpp1.6' && (
              <Input
                label={t('firmware.installAt')}
                type="datetime-local"
                value={fields.installAt}
                onChange={(installAt) => set({ installAt })}
              />
            )}
          </div>
        </>
      )}
      <CommonInputs thing={thing} fields={fields} set={set} toHere={fields.from === 'kept'} />
      <div className="note care">{t(`firmware.effect.${kind}`, { name })}</div>
      <div className="row">
        <button type="submit" className="btn p" disabled={!thing.connected && fields.queueHours === ''}>
          {t(`firmware.do.${kind}`, { name })}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </div>
    </form>
  );
}

const sourceOf = ({ from, firmwareFileId, url }: Fields): FirmwareSource =>
  from === 'kept' ? { firmwareFileId } : { url };

function updateOrder(fields: Fields, file: FirmwareFile | null): Order {
  const [retrieveAt, installAt] = [instant(fields.retrieveAt), instant(fields.installAt)];
  const { signature, signingCertificate } = fields;
  const isSigned = fields.from === 'kept' ? fields.signed && file?.signature != null : signature !== '';
  return {
    kind: 'update',
    order: {
      ...sourceOf(fields),
      ...commonOrder(fields),
      signed: isSigned,
      ...(fields.from === 'elsewhere' && isSigned && { signature, signingCertificate }),
      ...(retrieveAt !== undefined && { retrieveAt }),
      ...(installAt !== undefined && { installAt }),
    },
  };
}

function publishOrder(fields: Fields): Order {
  const checksum = fields.from === 'elsewhere' ? { checksum: fields.checksum } : {};
  return { kind: 'publish', order: { ...sourceOf(fields), ...commonOrder(fields), ...checksum } };
}
