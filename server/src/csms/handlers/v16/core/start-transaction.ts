import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import { newRecord } from '../../../../charge-points/transactions/transaction-record.ts';
import { type AuthorizationDeps, judgeUse } from '../../../behaviour/authorization.ts';
import { type ChargingSessionDeps, remoteStartKey, takeSessionStart } from '../../../behaviour/charging-session.ts';
import { idTagInfo } from '../../../behaviour/id-tag-info.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

type Deps = AuthorizationDeps & ChargingSessionDeps & Pick<HandlerDeps, 'newTransactionNumber'>;

/**
 * A session began. It gets its id whatever the token is worth: it may have begun offline. The same start sent again, because
 * our answer was lost, gets the same id. @see OCPP 1.6 §4.8, §3.7.1
 */
export function startTransaction(deps: Deps): Handler<Messages, 'StartTransaction'> {
  return async (request, { thingName, version, now }) => {
    const { transactions } = deps;
    const { connectorId, idTag, meterStart, timestamp, reservationId } = request;
    const startKey = JSON.stringify([connectorId, idTag, timestamp, meterStart]);
    const repeated = await transactions.findStarted(thingName, startKey);
    const transactionId = repeated?.transactionId ?? String(deps.newTransactionNumber());
    const info = idTagInfo(judgeUse(deps, { idToken: idTag }, { thingName, transactionId, now }));
    if (repeated === undefined) {
      const startedAt = timeOf(timestamp, now);
      const record = newRecord({ id: transactions.newId(), thingName, transactionId, protocol: version, startedAt });
      const facts = { connectorId, idToken: idTag || null, meterStartWh: meterStart };
      await transactions.save({ ...record, ...facts, startSeen: true, startKey });
    }
    const key = remoteStartKey.of16(idTag);
    await takeSessionStart(deps, { thingName, transactionId, place: connectorId, reservationId, remoteStartKey: key });
    return { transactionId: Number(transactionId), idTagInfo: info };
  };
}
