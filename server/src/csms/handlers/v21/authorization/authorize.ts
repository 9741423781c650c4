import type { Messages } from '@cpo-console/shared/ocpp/v21/messages.ts';
import { type AuthorizationDeps, judgeToken } from '../../../behaviour/authorization.ts';
import { idTokenInfo, needsNoAuthorization } from '../../../behaviour/id-token-info.ts';
import type { Handler } from '../../handler.ts';
import { ID_TOKEN_TYPES } from './id-token-types.ts';

/** May a token charge, or end a session? @see OCPP 2.1 part 2, C01 */
export function authorize(deps: AuthorizationDeps): Handler<Messages, 'Authorize'> {
  return ({ idToken }, call) => {
    if (needsNoAuthorization(idToken)) return { idTokenInfo: { status: 'Accepted' } };
    return { idTokenInfo: idTokenInfo(deps, judgeToken(deps, idToken, call), ID_TOKEN_TYPES) };
  };
}
