import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { ProfileDraft, RateUnit } from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { checkForVersion } from '@cpo-console/shared/smart-charging/check-draft.ts';
import { profileOnTheWire } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';

export interface StartWish {
  /** The EVSE, in OCPP 1.6 the connector; 0: any. */
  place: number;
  idToken: string;
  idTokenType: string;
  /** Sent along as a profile of the session; null: none. */
  profile: ProfileDraft | null;
}

/** @see OCPP 1.6 §5.11, OCPP 2.0.1 part 2, F01 */
export function startCommand(wish: StartWish, version: OcppVersion): NewCommand {
  const { place, idToken, idTokenType } = wish;
  const profile = wish.profile && inlineProfile(wish.profile, version);
  if (version === 'ocpp1.6') {
    const payload = {
      ...(place > 0 && { connectorId: place }),
      idTag: idToken,
      ...(profile && { chargingProfile: profile }),
    };
    return { action: 'RemoteStartTransaction', payload };
  }
  const payload = {
    ...(place > 0 && { evseId: place }),
    idToken: { idToken, type: idTokenType },
    ...(profile && { chargingProfile: profile }),
  };
  return { action: 'RequestStartTransaction', payload };
}

const MAX_ID = 2 ** 31 - 1;

/** Of the session that begins with it, whatever it was drawn up for. @see OCPP 1.6 §5.11, OCPP 2.0.1 part 2, F01 */
const inlineProfile = (draft: ProfileDraft, version: OcppVersion): object =>
  profileOnTheWire({ ...draft, purpose: 'TxProfile' }, { version, profileId: Date.now() % MAX_ID });

/** Nothing but a limit, from the beginning to the end. */
export const limitDraft = (limit: number, unit: RateUnit): ProfileDraft => ({
  purpose: 'TxProfile',
  kind: 'Relative',
  stackLevel: 0,
  unit,
  periods: [{ start: 0, limit }],
});

/** Whether a session can begin with it: those for a whole station can't be of one. */
export const isForSessions = (draft: ProfileDraft, version: OcppVersion): boolean =>
  (draft.purpose === 'TxProfile' || draft.purpose === 'TxDefaultProfile') &&
  checkForVersion(draft, version).length === 0;
