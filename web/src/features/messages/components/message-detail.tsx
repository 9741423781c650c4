import { type Exchange, messagesOf, pairExchanges, tookMs } from '@cpo-console/shared/message-log/exchanges.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../components/ui/copy-button.tsx';
import { DateTime } from '../../../components/ui/time.tsx';
import { latency } from '../../../lib/format.ts';
import { useMayAny } from '../../../lib/permissions.ts';
import { exchangeQuery } from '../api/message-queries.ts';
import { ExchangeHalves } from './exchange-halves.tsx';
import { Direction, RowTitle } from './message-row.tsx';
import styles from './messages.module.css';
import { Neighbours } from './neighbours.tsx';
import { Outcomes } from './outcomes.tsx';

interface MessageDetailProps {
  exchange: Exchange;
  /** The imported log that it is of. */
  importId: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** Both halves of an exchange as they were on the wire, what is wrong with them, and what they are part of. */
export function MessageDetail({ exchange: listed, importId, onSelect }: MessageDetailProps) {
  const { t } = useTranslation();
  // Asked again when its answer comes: that may tell the session.
  const { data } = useQuery(
    exchangeQuery(listed.id, { ...(importId !== undefined && { import: importId }), answer: listed.answer?.id }),
  );
  const exchange = (data && pairExchanges(data.items)[0]) ?? listed;
  const { thingName } = exchange;
  const event = exchange.other?.kind === 'event';
  return (
    <section className={`panel ${styles.detail}`} aria-label={t('messages.detail')}>
      <div className="ph row">
        <Direction direction={event ? 'event' : exchange.direction} />
        <h2 className="cut">
          <RowTitle exchange={exchange} />
        </h2>
        <span className="grow" />
        <button
          type="button"
          className="btn quiet small"
          aria-label={t('action.close')}
          onClick={() => onSelect(undefined)}
        >
          ✕
        </button>
      </div>
      <div className={styles.detailBody}>
        <Facts exchange={exchange} />
        <div className={`row wrap ${styles.links}`}>
          {data?.sessionId && (
            <Link to="/sessions/$id" params={{ id: data.sessionId }} className="btn small">
              {t('exchange.session')}
            </Link>
          )}
          {data?.commandId && (
            <Link
              to="/charge-points/$name"
              params={{ name: thingName }}
              search={{ tab: 'commands', sent: data.commandId }}
              className="btn small"
            >
              {t('exchange.command')}
            </Link>
          )}
          <SendAgain exchange={exchange} isImported={importId !== undefined} />
          <Link
            to="/replay/$name"
            params={{ name: thingName }}
            search={{ ...around(exchange), ...(importId !== undefined && { import: importId }) }}
            className="btn small"
          >
            {t('replay.fromHere')}
          </Link>
          <CopyButton text={() => linkTo(exchange)} label={t('action.copyLink')} />
          <CopyButton text={() => asJson(exchange)} label={t('action.copyJson')} />
        </div>
        <ExchangeHalves key={exchange.id} exchange={exchange} version={data?.protocol ?? null} />
        <Neighbours exchange={exchange} importId={importId} onSelect={onSelect} />
      </div>
    </section>
  );
}

/** To the form of its command, filled in: who sends it sees it before. */
function SendAgain({ exchange, isImported }: { exchange: Exchange; isImported: boolean }) {
  const { t } = useTranslation();
  const may = useMayAny();
  const { call, action, thingName } = exchange;
  if (isImported || call?.direction !== 'out' || action === null) return null;
  if (!may('commands:support') || !may('commands:read')) return null;
  return (
    <Link
      to="/charge-points/$name"
      params={{ name: thingName }}
      search={{ tab: 'commands', command: action, again: call.id }}
      className="btn small"
    >
      {t('exchange.again')}
    </Link>
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

/** This page with this exchange open, whichever of its rows was chosen. */
function linkTo({ id }: Exchange): string {
  const url = new URL(window.location.href);
  url.searchParams.set('message', id);
  return url.href;
}

/** The frames as they were on the wire, a line each. */
const asJson = (exchange: Exchange): string =>
  messagesOf(exchange)
    .map((message) => message.frame)
    .join('\n');

function Facts({ exchange }: { exchange: Exchange }) {
  const { i18n } = useTranslation();
  const took = tookMs(exchange);
  return (
    <div className={`row wrap m mut ${styles.facts}`}>
      <Link to="/charge-points/$name" params={{ name: exchange.thingName }}>
        {exchange.thingName}
      </Link>
      <DateTime at={exchange.at} />
      {took !== undefined && <span>{latency(i18n.language, took)}</span>}
      <Outcomes exchange={exchange} mayClaimNoAnswer />
    </div>
  );
}
