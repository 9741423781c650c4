import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import { newRecord } from '../../../../charge-points/transactions/transaction-record.ts';
import { type AuthorizationDeps, judgeToken } from '../../../behaviour/authorization.ts';
import type { ChargingSessionDeps } from '../../../behaviour/charging-session.ts';
import { idTagInfo } from '../../../behaviour/id-tag-info.ts';
import { metered } from '../../../behaviour/meter-readings.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

type Deps = AuthorizationDeps & ChargingSessionDeps & Pick<HandlerDeps, 'logger'>;

/**
 * A session ended. Nothing that we answer can prevent that, so one that we don't know is accepted and kept too; a charge
 * point would send it for ever. @see OCPP 1.6 §4.10
 */
export function stopTransaction(deps: Deps): Handler<Messages, 'StopTransaction'> {
  return async (request, { thingName, version, now }) => {
    const { transactions, chargingProfiles, logger } = deps;
    const { idTag, transactionData } = request;
    const transactionId = String(request.transactionId);
    const known = await transactions.find(thingName, transactionId);
    const isRepeated = known !== undefined && !known.active && known.closedBy === null;
    if (known === undefined) {
      logger.warn({ thingName, transactionId }, 'A charge point stopped a transaction that is not known');
    }
    if (!isRepeated) {
      const stoppedAt = timeOf(request.timestamp, now);
      const began =
        known ??
        newRecord({
          id: transactions.newId(),
          thingName,
          transactionId,
          protocol: version,
          startedAt: earliest(request, now),
        });
      const read = transactionData === undefined ? began : metered(began, transactionData, now);
      const energyWh = read.meterStartWh === null ? read.energyWh : request.meterStop - read.meterStartWh;
      // Left out, it means Local. @see OCPP 1.6 §6.49
      const stopReason = request.reason ?? 'Local';
      const how = { stopReason, stopIdToken: idTag || null, closedBy: null };
      const end = { active: false, stoppedAt, meterStopWh: request.meterStop, energyWh, powerW: null };
      await transactions.save({ ...read, ...how, ...end, lastEventAt: stoppedAt });
    }
    await chargingProfiles.sessionEnded({ thingName, transactionId, place: known?.connectorId ?? null });
    return idTag ? { idTagInfo: idTagInfo(judgeToken(deps, { idToken: idTag }, { thingName, now })) } : {};
  };
}

/** When it began, as far as a stop can tell. */
function earliest({ timestamp, transactionData = [] }: Messages['StopTransaction']['request'], now: number): number {
  return Math.min(timeOf(timestamp, now), ...transactionData.map((reading) => timeOf(reading.timestamp, now)));
}
