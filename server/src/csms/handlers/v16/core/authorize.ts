import type { Messages } from '@cpo-console/shared/ocpp/v16/messages.ts';
import { type AuthorizationDeps, judgeToken } from '../../../behaviour/authorization.ts';
import { idTagInfo } from '../../../behaviour/id-tag-info.ts';
import type { Handler } from '../../handler.ts';

/** May a token charge, or end a session? @see OCPP 1.6 §4.1 */
export function authorize(deps: AuthorizationDeps): Handler<Messages, 'Authorize'> {
  return ({ idTag }, call) => ({ idTagInfo: idTagInfo(judgeToken(deps, { idToken: idTag }, call)) });
}
