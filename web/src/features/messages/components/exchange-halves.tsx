import type { Message } from '@cpo-console/shared/api/messages.ts';
import { type Exchange, messagesOf } from '@cpo-console/shared/message-log/exchanges.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JsonTree } from '../../../components/ui/json-tree.tsx';
import { Clock } from '../../../components/ui/time.tsx';
import { number } from '../../../lib/format.ts';
import { frameJson, payloadOf } from '../../../lib/outcome.ts';
import styles from './messages.module.css';
import { violationNotes } from './violation-notes.tsx';

interface ExchangeHalvesProps {
  exchange: Exchange;
  version: OcppVersion | null;
}

/** Request and answer beside each other, or their frames as they were on the wire. */
export function ExchangeHalves({ exchange, version }: ExchangeHalvesProps) {
  const { t } = useTranslation();
  const first = exchange.call ? 'request' : 'content';
  return (
    <Tabs defaultValue="tree">
      <Tabs.List>
        <Tabs.Tab value="tree">{t('exchange.tree')}</Tabs.Tab>
        <Tabs.Tab value="raw">{t('messages.raw')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="tree" className={styles.halves}>
        {messagesOf(exchange).map((message) => (
          <Half
            key={message.id}
            label={t(`messages.${message === exchange.answer ? 'answer' : first}`)}
            {...{ message, exchange, version }}
          />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        {messagesOf(exchange).map((message) => (
          <pre key={message.id} className={`m ${styles.raw}`}>
            {message.frame}
          </pre>
        ))}
      </Tabs.Panel>
    </Tabs>
  );
}

interface HalfProps extends ExchangeHalvesProps {
  label: string;
  message: Message;
}

function Half({ label, message, exchange, version }: HalfProps) {
  const { i18n } = useTranslation();
  const notes = violationNotes({ exchange, message, version });
  return (
    <section aria-label={label}>
      <div className={`row ${styles.halfHead}`}>
        <span className="label">{label}</span>
        <span className="mut m">
          <Clock at={message.at} /> · {number(i18n.language, message.bytes)} B
        </span>
      </div>
      {frameJson(message) === undefined ? (
        <>
          {notes.get('')}
          <pre className={`m ${styles.raw}`}>{message.frame}</pre>
        </>
      ) : (
        <JsonTree value={payloadOf(message)} notes={notes} />
      )}
    </section>
  );
}
