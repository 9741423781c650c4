import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Exchange } from '@cpo-console/shared/message-log/exchanges.ts';
import { clauseOf } from '@cpo-console/shared/ocpp/clause.ts';
import type { OcppVersion, Violation } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../../lib/json.ts';
import { payloadOf } from '../../../lib/outcome.ts';
import { violationWords } from '../../../lib/violation-words.ts';
import styles from './messages.module.css';

interface Broken {
  exchange: Exchange;
  message: Message;
  version: OcppVersion | null;
}

/** What is wrong with a message, by the place where it is. */
export function violationNotes(broken: Broken): Map<string, ReactNode> {
  const payload = payloadOf(broken.message);
  const places = new Map<string, Violation[]>();
  for (const violation of broken.message.violations ?? []) {
    const place = nearestPlace(payload, violation.path);
    places.set(place, [...(places.get(place) ?? []), violation]);
  }
  return new Map(
    [...places].map(([place, violations]) => [
      place,
      <ul key={place} className={styles.violations}>
        {violations.map((violation) => (
          <Note key={`${violation.path} ${violation.rule} ${violation.message}`} violation={violation} {...broken} />
        ))}
        <li>
          <WhatWeDid {...broken} />
        </li>
      </ul>,
    ]),
  );
}

function Note({ violation, exchange, message, version }: Broken & { violation: Violation }) {
  const { t } = useTranslation();
  const { path, rule } = violation;
  const words = violationWords(violation.message);
  const value = path === '' ? undefined : valueAt(payloadOf(message), path);
  const half = message === exchange.answer ? 'response' : 'request';
  return (
    <li>
      <b>{path === '' ? t('messages.wholePayload') : path.slice(1).replaceAll('/', ' › ')}</b>{' '}
      {words ? t(`violation.${words.rule}`, { what: words.what }) : violation.message}
      {value !== undefined && typeof value !== 'object' && (
        <div>
          {t('exchange.value')} <q className="m">{String(value).slice(0, 200)}</q>
          {typeof value === 'string' && rule === 'maxLength' && ` (${t('exchange.length', { count: value.length })})`}
        </div>
      )}
      <div className="mut">
        {t('exchange.rule', { rule, code: violation.code })}
        {version && ` · ${clauseOf({ version, action: exchange.action, half, rule })}`}
      </div>
    </li>
  );
}

function WhatWeDid({ exchange: { answer }, message }: Broken) {
  const { t } = useTranslation();
  const { kind, direction } = message;
  if (kind === 'send') return t('exchange.did.heard');
  if (message === answer && direction === 'in') return t('exchange.did.tookAnswer');
  if (answer?.kind === 'error') return t('exchange.did.refused', { code: answer.errorCode ?? 'CALLERROR' });
  if (answer) return t('exchange.did.accepted');
  return t(kind === 'malformed' ? 'exchange.did.dropped' : 'exchange.did.unanswered');
}

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function valueAt(payload: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>(
    (value, step) => at(value, Array.isArray(value) ? Number(step) : step),
    payload,
  );
}

/** What a rule speaks of may not be there at all. */
function nearestPlace(payload: unknown, pointer: string): string {
  let place = pointer;
  while (place !== '' && valueAt(payload, place) === undefined) place = place.slice(0, place.lastIndexOf('/'));
  return place;
}
