import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'ok' | 'chg' | 'warn' | 'bad' | 'off';

/** A word on a tinted ground, with a shape where it tells a state. */
export function Tag({
  tone,
  icon,
  title,
  children,
}: {
  tone: Tone;
  icon?: IconName;
  title?: string;
  children: ReactNode;
}) {
  const named = title === undefined ? {} : { title };
  if (!icon) {
    return (
      <span className={`s word ${tone}`} {...named}>
        {children}
      </span>
    );
  }
  return (
    <span className={`s ${tone}`} {...named}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
