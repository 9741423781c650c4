import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { ActionTable } from './action-info.ts';
import { ACTIONS_16 } from './v16/actions.ts';
import { ACTIONS_21 } from './v21/actions.ts';
import { ACTIONS_201 } from './v201/actions.ts';

/** Every action that a version knows. Look up wire input with {@link isAction} first: `constructor` is no action. */
export const ACTIONS: Record<OcppVersion, ActionTable> = {
  'ocpp1.6': ACTIONS_16,
  'ocpp2.0.1': ACTIONS_201,
  'ocpp2.1': ACTIONS_21,
};

export function isAction(version: OcppVersion, action: string): boolean {
  return Object.hasOwn(ACTIONS[version], action);
}
