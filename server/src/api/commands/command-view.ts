import type { Command } from '@cpo-console/shared/api/commands.ts';
import { maskSecrets } from '../../message-log/mask-secrets.ts';

/** The command with secrets masked, in what was sent and in what came back. */
export function commandView(command: Command): Command {
  const { frame, masked } = maskSecrets(JSON.stringify(command));
  return masked ? (JSON.parse(frame) as Command) : command;
}
