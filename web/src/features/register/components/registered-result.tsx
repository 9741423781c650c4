import type { RegisteredThing } from '@cpo-console/shared/api/things.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import QRCode from 'qrcode';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { Icon } from '../../../components/ui/icons.tsx';
import { download } from '../../../lib/download.ts';
import { thingQuery } from '../../../lib/thing-queries.ts';
import { hasConnected, simulateCommand } from '../api/register.ts';

interface RegisteredResultProps {
  registered: RegisteredThing;
  onAnother: () => void;
  onClose: () => void;
}

/** What to type into the charge point, secrets this once, and whether it has come. */
export function RegisteredResult({ registered, onAnother, onClose }: RegisteredResultProps) {
  const { t } = useTranslation();
  const { password } = registered.credentials;
  const url = registered.urls[0] ?? '';
  return (
    <div className="stack">
      <FirstConnection thingName={registered.thingName} />
      {registered.urls.map((each) => (
        <Value key={each} label={t('register.url')} value={each} />
      ))}
      {password !== undefined && (
        <>
          <Value label={t('register.password')} value={password} />
          <div className="note care row wrap">
            <span className="grow">
              <b>{t('register.once')}</b> {t('register.onceHint')}
            </span>
            <button
              type="button"
              className="btn small"
              onClick={() =>
                download(`${registered.thingName}.txt`, 'text/plain', `${url}\n${registered.thingName}\n${password}\n`)
              }
            >
              {t('action.download')}
            </button>
          </div>
        </>
      )}
      <QrCode text={url} />
      <Value label={t('register.simulate')} value={simulateCommand(registered)} />
      <div className="row">
        <Link to="/charge-points/$name" params={{ name: registered.thingName }} className="btn p">
          {t('register.open', { name: registered.thingName })}
        </Link>
        <button type="button" className="btn" onClick={onAnother}>
          {t('register.another')}
        </button>
        <span className="grow" />
        <button type="button" className="btn quiet" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </div>
  );
}

function FirstConnection({ thingName }: { thingName: string }) {
  const { t } = useTranslation();
  const { data: thing } = useQuery(thingQuery(thingName));
  const here = hasConnected(thing?.overall);
  return (
    <div className={`note ${here ? 'good' : 'info'} row`} role="status">
      <b>
        <Icon name={here ? 'check' : 'half'} size={14} />
      </b>
      <span>
        <b>{here ? t('register.connected', { name: thingName }) : t('register.waiting')}</b>
        <br />
        {here ? t('register.connectedHint') : t('register.waitingHint')}
      </span>
    </div>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <div className="field">
      <span className="label">{label}</span>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <code
          className="m grow"
          style={{
            overflowWrap: 'anywhere',
            background: 'var(--bg)',
            border: '1px solid var(--line)',
            borderRadius: 6,
            padding: '5px 9px',
          }}
        >
          {value}
        </code>
        <CopyButton text={value} />
      </div>
    </div>
  );
}

function QrCode({ text }: { text: string }) {
  const { t } = useTranslation();
  const [source, setSource] = useState('');
  useEffect(() => {
    if (text === '') return;
    void QRCode.toDataURL(text, { margin: 1, width: 264 }).then(setSource);
  }, [text]);
  return (
    <figure style={{ margin: 0, display: 'flex', gap: 14, alignItems: 'center' }}>
      {source !== '' && (
        <img
          src={source}
          width="132"
          height="132"
          alt={t('register.qrAlt', { url: text })}
          style={{ borderRadius: 6 }}
        />
      )}
      <figcaption className="sub">{t('register.qr')}</figcaption>
    </figure>
  );
}
