import type { Message } from '@cpo-console/shared/api/messages.ts';
import { type Exchange, messagesOf, pairExchanges, violationCount } from '@cpo-console/shared/message-log/exchanges.ts';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { JsonText } from '../../../components/ui/json-text.tsx';
import { Tag } from '../../../components/ui/tag.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { payloadOf, titleOf } from '../../../lib/outcome.ts';
import { exchangeQuery } from '../api/message-queries.ts';
import { Direction } from './message-row.tsx';
import styles from './messages.module.css';

interface MessageDetailProps {
  exchange: Exchange;
  /** The imported log that it is of. */
  importId: string | undefined;
  onClose: () => void;
}

/** Both halves of an exchange as they were on the wire, and what is wrong with them. */
export function MessageDetail({ exchange: listed, importId, onClose }: MessageDetailProps) {
  const { t } = useTranslation();
  const exchange = useWhole(listed, importId);
  const messages = messagesOf(exchange);
  const violations = violationCount(exchange);
  const event = exchange.other?.kind === 'event';
  return (
    <section className={`panel ${styles.detail}`} aria-label={t('messages.detail')}>
      <div className="ph row wrap">
        <Direction direction={event ? 'event' : exchange.direction} />
        <h2 className="cut">
          {event
            ? t(`event.${exchange.action as 'connected'}`, { defaultValue: exchange.action ?? '' })
            : titleOf(exchange)}
        </h2>
        {violations > 0 && (
          <Tag tone="warn" icon="triangle">
            {t('outcome.violations', { count: violations })}
          </Tag>
        )}
        <span className="grow" />
        <Link
          to="/replay/$name"
          params={{ name: exchange.thingName }}
          search={{ ...around(exchange), ...(importId !== undefined && { import: importId }) }}
          className="btn small"
        >
          {t('replay.fromHere')}
        </Link>
        <CopyButton text={() => window.location.href} label={t('action.copyLink')} />
        <CopyButton text={() => messages.map((message) => message.frame).join('\n')} label={t('action.copyJson')} />
        <button type="button" className="btn quiet small" aria-label={t('action.close')} onClick={onClose}>
          ✕
        </button>
      </div>
      <div className={styles.detailBody}>
        <Facts exchange={exchange} />
        <Frames key={exchange.id} exchange={exchange} messages={messages} />
      </div>
    </section>
  );
}

const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 60 * 60_000;

/** The replay of the time around an exchange, standing at its first frame. */
function around({ id, at }: Exchange) {
  const instant = Date.parse(at);
  const to = Math.max(instant + 1_000, Math.min(instant + AFTER_MS, Date.now()));
  return { from: new Date(instant - BEFORE_MS).toISOString(), to: new Date(to).toISOString(), frame: id };
}

/** The other half, when the list's filter keeps it away. */
function useWhole(listed: Exchange, importId: string | undefined): Exchange {
  const lacking = (listed.call === null) !== (listed.answer === null);
  const { data } = useQuery({
    ...exchangeQuery(listed.id, importId === undefined ? {} : { import: importId }),
    enabled: lacking,
  });
  return (lacking && data && pairExchanges(data)[0]) || listed;
}

function Facts({ exchange }: { exchange: Exchange }) {
  const { t, i18n } = useTranslation();
  const bytes = messagesOf(exchange).reduce((sum, message) => sum + message.bytes, 0);
  const took = exchange.answer?.latencyMs;
  return (
    <div className="row wrap m mut" style={{ padding: '7px 14px', borderBottom: '1px solid var(--line2)' }}>
      <Link to="/charge-points/$name" params={{ name: exchange.thingName }}>
        {exchange.thingName}
      </Link>
      <DateTime at={exchange.at} />
      <span>{number(i18n.language, bytes)} B</span>
      {took !== undefined && <span>{number(i18n.language, took)} ms</span>}
      {exchange.call && !exchange.answer && <span>{t('outcome.noAnswer')}</span>}
    </div>
  );
}

function Frames({ exchange, messages }: { exchange: Exchange; messages: Message[] }) {
  const { t } = useTranslation();
  const halves = [
    { value: 'request', label: t('messages.request'), message: exchange.call },
    { value: 'answer', label: t('messages.answer'), message: exchange.answer },
    { value: 'content', label: t('messages.content'), message: exchange.other },
  ].filter((half) => half.message !== null);
  return (
    <Tabs defaultValue={halves[0]?.value ?? 'raw'}>
      <Tabs.List>
        {halves.map((half) => (
          <Tabs.Tab key={half.value} value={half.value}>
            {half.label}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="raw">{t('messages.raw')}</Tabs.Tab>
      </Tabs.List>
      {halves.map(({ value, message }) => (
        <Tabs.Panel key={value} value={value}>
          {message && <Half message={message} />}
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="raw">
        {messages.map((message) => (
          <pre
            key={message.id}
            className="m"
            style={{ margin: 0, padding: '10px 14px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {message.frame}
          </pre>
        ))}
      </Tabs.Panel>
    </Tabs>
  );
}

function Half({ message }: { message: Message }) {
  const { t } = useTranslation();
  const violations = message.violations ?? [];
  const payload = payloadOf(message);
  return (
    <>
      {violations.length > 0 && (
        <ul className="note" style={{ margin: '10px 14px 0', listStyle: 'none' }} aria-label={t('messages.violations')}>
          {violations.map((violation) => (
            <li key={`${violation.path} ${violation.rule}`}>
              <b className="m">{violation.path === '' ? t('messages.wholePayload') : violation.path}</b>{' '}
              {violation.message}{' '}
              <span className="mut">
                ({violation.rule} → {violation.code})
              </span>
            </li>
          ))}
        </ul>
      )}
      {payload === undefined ? (
        <pre className="m pb" style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {message.frame}
        </pre>
      ) : (
        <JsonText value={payload} marks={violations.map((violation) => violation.path)} />
      )}
    </>
  );
}
