import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { bytes } from '../../../lib/format.ts';
import { Input } from './order-fields.tsx';

interface Source {
  from: 'kept' | 'elsewhere';
  firmwareFileId: string;
  url: string;
}

interface SourceFieldsProps {
  files: FirmwareFile[];
  thing: Thing;
  fields: Source;
  set: (patch: Partial<Source>) => void;
}

/** Which firmware: one that is kept here, or an address of elsewhere. */
export function SourceFields({ files, thing, fields, set }: SourceFieldsProps) {
  const { t, i18n } = useTranslation();
  const file = files.find(({ id }) => id === fields.firmwareFileId);
  const station = thing.state.chargingStation;
  const isOther = (said: string | null | undefined, is: string | null | undefined): boolean =>
    Boolean(said && is && said.toLowerCase() !== is.toLowerCase());
  const mismatch = isOther(file?.vendor, station?.vendorName) || isOther(file?.model, station?.model);
  return (
    <>
      <div className="row wrap" role="radiogroup" aria-label={t('firmware.source.label')}>
        {(['kept', 'elsewhere'] as const).map((from) => (
          <label key={from} className="row" style={{ gap: 6 }}>
            <input type="radio" name="source" checked={fields.from === from} onChange={() => set({ from })} />
            {t(`firmware.source.${from}`)}
          </label>
        ))}
      </div>
      {fields.from === 'elsewhere' ? (
        <Input
          label={t('firmware.url')}
          required
          value={fields.url}
          onChange={(url) => set({ url })}
          hint={t('firmware.urlHint')}
        />
      ) : (
        <div className="field">
          <label htmlFor="firmware-file">{t('firmware.file')}</label>
          <select
            id="firmware-file"
            className="in"
            required
            value={fields.firmwareFileId}
            onChange={(event) => set({ firmwareFileId: event.target.value })}
          >
            <option value="">{t('firmware.choose')}</option>
            {files.map((each) => (
              <option key={each.id} value={each.id}>
                {[each.name, each.version, [each.vendor, each.model].filter(Boolean).join(' ')]
                  .filter(Boolean)
                  .join(' · ')}{' '}
                · {bytes(i18n.language, each.bytes)}
              </option>
            ))}
          </select>
          <span className="hint">
            <Link to="/firmware">{t('firmware.store')}</Link>
          </span>
        </div>
      )}
      {mismatch && file && (
        <div className="note care">
          {t('firmware.otherModel', {
            file: [file.vendor, file.model].filter(Boolean).join(' '),
            station: [station?.vendorName, station?.model].filter(Boolean).join(' '),
          })}
        </div>
      )}
    </>
  );
}
