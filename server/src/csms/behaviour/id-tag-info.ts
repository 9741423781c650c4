import type { Judgement } from './authorization.ts';

/** OCPP 1.6 IdTagInfo. A parentIdTag has at most 20 characters there, so a longer group is left out. @see OCPP 1.6 §7.27 */
export function idTagInfo({ status, token }: Judgement) {
  const group = token?.groupIdToken;
  return {
    status,
    ...(token?.expiresAt ? { expiryDate: token.expiresAt } : {}),
    ...(group && group.length <= 20 ? { parentIdTag: group } : {}),
  };
}
