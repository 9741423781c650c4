import type { AvailabilityState, ChargePointState, ConnectorState } from './charge-point-state.ts';
import { LIMITS } from './charge-point-state.ts';
import { appended, integerOf, type Members, membersOf, textOf } from './read-payload.ts';

/** What a ChangeAvailability asks for. @see OCPP 1.6 §5.2, OCPP 2.0.1 part 2, G03 and G04 */
export function readAvailability(payload: Members, at: number): AvailabilityState | null {
  const wanted = textOf(payload.type ?? payload.operationalStatus);
  if (wanted !== 'Operative' && wanted !== 'Inoperative') return null;
  const common = { wanted, askedAt: at, doneAt: null } as const;
  if (payload.type !== undefined) return { evseId: null, connectorId: integerOf(payload.connectorId) ?? 0, ...common };
  const evse = membersOf(payload.evse);
  return { evseId: integerOf(evse.id) ?? 0, connectorId: integerOf(evse.connectorId), ...common };
}

/** The charge point will do it, or has done it. */
export function takeAvailability(next: ChargePointState, asked: AvailabilityState, answer: Members, at: number): void {
  const { status } = answer;
  if (status !== 'Accepted' && status !== 'Scheduled') return;
  // Of 1.6's connector 0, all connectors follow; in 2.x each keeps its own. @see OCPP 1.6 §5.2
  const isOf16Whole = asked.evseId === null && asked.connectorId === 0;
  const others = next.availability.filter((known) => !isOf16Whole && !isSamePlace(known, asked));
  const taken = { ...asked, doneAt: status === 'Accepted' ? at : null };
  next.availability = appended(others, taken, LIMITS.connectors);
  noteAvailability(next, at);
}

/** After something about a connector's state: what was scheduled may be done. */
export function noteAvailability(next: ChargePointState, at: number): void {
  if (next.availability.every(({ doneAt }) => doneAt !== null)) return;
  next.availability = next.availability.map((asked) =>
    asked.doneAt === null && isDone(next, asked) ? { ...asked, doneAt: at } : asked,
  );
}

/** An EVSE or the station says its own state, which tells about all below it. @see OCPP 2.0.1 part 2, G04 */
export function noteEvseAvailability(
  next: ChargePointState,
  { evseId, status }: { evseId: number; status: string },
  at: number,
) {
  next.availability = next.availability.map((asked) =>
    asked.doneAt === null && asked.evseId === evseId && asked.connectorId === null && fits(asked, status)
      ? { ...asked, doneAt: at }
      : asked,
  );
}

function isDone(state: ChargePointState, asked: AvailabilityState): boolean {
  const isWhole = asked.evseId === 0 || (asked.evseId === null && asked.connectorId === 0);
  if (isWhole && asked.wanted === 'Inoperative' && state.station?.status === 'Unavailable') return true;
  const below = state.connectors.filter((connector) => isWhole || concerns(asked, connector));
  return below.length > 0 && below.every(({ status }) => fits(asked, status));
}

const fits = ({ wanted }: AvailabilityState, status: string): boolean =>
  wanted === 'Inoperative' ? status === 'Unavailable' : status !== 'Unavailable';

function concerns(asked: AvailabilityState, { evseId, connectorId }: ConnectorState): boolean {
  return asked.evseId === evseId && (asked.connectorId === null || asked.connectorId === connectorId);
}

const isSamePlace = (a: AvailabilityState, b: AvailabilityState): boolean =>
  a.evseId === b.evseId && a.connectorId === b.connectorId;
