import type { AuthorizationDeps, AuthorizationStatus, Judgement } from './authorization.ts';

/** The token types of one version. */
export interface IdTokenTypes<Type extends string> {
  known: ReadonlySet<string>;
  /** Of a token that the CSMS made. */
  own: Type;
  maxLength: number;
}

export interface IdTokenInfo<Type extends string> {
  status: AuthorizationStatus;
  cacheExpiryDateTime?: string;
  language1?: string;
  groupIdToken?: { idToken: string; type: Type };
}

/** @see OCPP 2.0.1 part 2, C02: a start button */
export const needsNoAuthorization = ({ type }: { type: string }): boolean => type === 'NoAuthorization';

/** OCPP 2.x IdTokenInfoType. A group's type is that of the token with its name; without one it is the CSMS's own. */
export function idTokenInfo<Type extends string>(
  { idTokens }: Pick<AuthorizationDeps, 'idTokens'>,
  { status, token }: Judgement,
  types: IdTokenTypes<Type>,
): IdTokenInfo<Type> {
  const group = token?.groupIdToken;
  const groupType = group ? idTokens.lookUp(group)?.type : undefined;
  const type = groupType !== undefined && types.known.has(groupType) ? (groupType as Type) : types.own;
  return {
    status,
    ...(token?.expiresAt ? { cacheExpiryDateTime: token.expiresAt } : {}),
    ...(token?.language ? { language1: token.language } : {}),
    ...(group && group.length <= types.maxLength ? { groupIdToken: { idToken: group, type } } : {}),
  };
}
