import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';

export function CopyButton({
  text,
  label,
  small = true,
}: {
  text: string | (() => string);
  label?: string;
  small?: boolean;
}) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await copyText(typeof text === 'function' ? text() : text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" className={small ? 'btn small' : 'btn'} onClick={() => void copy()}>
      {done && <Icon name="check" />}
      <span aria-live="polite">{done ? t('action.copied') : (label ?? t('action.copy'))}</span>
    </button>
  );
}

/** The clipboard API is missing on plain HTTP off localhost: a selection does it there. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
