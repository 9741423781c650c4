import type { ChargingProfile, ChargingReport } from '@cpo-console/shared/api/charging.ts';
import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import type { MeterValue, Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { queryOptions } from '@tanstack/react-query';
import { api, thingPath } from '../../../lib/api-client.ts';
import { keys } from '../../../live/query-keys.ts';

const MEASURED_EVERY_MS = 10_000;
const DAY_S = 86_400;

export const profilesQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.records.of({ thingName, records: 'charging-profiles' }),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ChargingProfile[] }>(thingPath(thingName, '/charging-profiles'), undefined, signal))
        .items,
  });

export const reportsQuery = (thingName: string) =>
  queryOptions({
    queryKey: keys.records.of({ thingName, records: 'charging-reports' }),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ChargingReport[] }>(thingPath(thingName, '/charging-reports'), undefined, signal)).items,
  });

/** What the meter of a running session has said so far. */
export const measuredQuery = (thingName: string, transactionId: string | null) =>
  queryOptions({
    queryKey: keys.transactions.meterValues(`${thingName} ${transactionId}`),
    enabled: transactionId !== null,
    refetchInterval: MEASURED_EVERY_MS,
    queryFn: async ({ signal }): Promise<MeterValue[]> => {
      const active = await api.get<Page<Transaction>>('/transactions', { thingName, active: true }, signal);
      const session = active.items.find((each) => each.transactionId === transactionId);
      if (session === undefined) return [];
      const path = `/transactions/${encodeURIComponent(session.id)}/meter-values`;
      return (await api.get<{ items: MeterValue[] }>(path, undefined, signal)).items;
    },
  });

/** The session that runs at an EVSE, in OCPP 1.6 at a connector: the newest. */
export const sessionAt = ({ state }: Thing, place: number) =>
  state.transactions
    .filter(({ evseId, connectorId }) => (evseId ?? connectorId) === place)
    .sort((a, b) => a.startedAt - b.startedAt)
    .at(-1);

export const clearCommand = (profileId: number, version: OcppVersion): NewCommand => ({
  action: 'ClearChargingProfile',
  payload: version === 'ocpp1.6' ? { id: profileId } : { chargingProfileId: profileId },
});

export function compositeCommand(place: number, unit: RateUnit, version: OcppVersion): NewCommand {
  const at = version === 'ocpp1.6' ? { connectorId: place } : { evseId: place };
  return { action: 'GetCompositeSchedule', payload: { ...at, duration: DAY_S, chargingRateUnit: unit } };
}

/** OCPP 2.x only: 1.6 has no way to ask. */
export const readProfilesCommand = (requestId: number): NewCommand => ({
  action: 'GetChargingProfiles',
  payload: { requestId, chargingProfile: {} },
});
