import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import { useTranslation } from 'react-i18next';

interface Signature {
  signed: boolean;
  signature: string;
  signingCertificate: string;
}

interface SigningProps {
  /** The kept file that is chosen; null: an address of elsewhere, or none yet. */
  file: FirmwareFile | null;
  fields: Signature & { from: 'kept' | 'elsewhere' };
  set: (patch: Partial<Signature>) => void;
}

/** With what the charge point is to check the firmware. */
export function Signing({ file, fields, set }: SigningProps) {
  const { t } = useTranslation();
  if (fields.from === 'kept') {
    if (file === null) return null;
    if (file.signature === null || file.signingCertificate === null)
      return <span className="sub">{t('firmware.unsigned')}</span>;
    return (
      <label className="row">
        <input type="checkbox" checked={fields.signed} onChange={(event) => set({ signed: event.target.checked })} />
        {t('firmware.signed')}
      </label>
    );
  }
  return (
    <details>
      <summary>{t('firmware.signature.label')}</summary>
      <SignatureInputs fields={fields} set={set} />
    </details>
  );
}

interface SignatureInputsProps {
  fields: Pick<Signature, 'signature' | 'signingCertificate'>;
  set: (patch: Partial<Pick<Signature, 'signature' | 'signingCertificate'>>) => void;
}

export function SignatureInputs({ fields, set }: SignatureInputsProps) {
  const { t } = useTranslation();
  return (
    <div className="stack" style={{ paddingTop: 8 }}>
      <div className="field">
        <label htmlFor="signature">{t('firmware.signature.value')}</label>
        <textarea
          id="signature"
          className="in"
          rows={3}
          maxLength={800}
          spellCheck={false}
          value={fields.signature}
          onChange={(event) => set({ signature: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="signing-certificate">{t('firmware.signature.certificate')}</label>
        <textarea
          id="signing-certificate"
          className="in"
          rows={4}
          maxLength={5500}
          spellCheck={false}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={fields.signingCertificate}
          onChange={(event) => set({ signingCertificate: event.target.value })}
        />
      </div>
    </div>
  );
}
