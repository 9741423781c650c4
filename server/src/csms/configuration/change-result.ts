import type { Command } from '@cpo-console/shared/api/commands.ts';
import type { ChangeResult, VariablePlace } from '@cpo-console/shared/api/configuration.ts';
import { listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { variableKey } from '../../charge-points/variables/variable-rows.ts';
import { variableOfEntry } from '../behaviour/report.ts';
import type { SendOutcome } from '../commands/command-service.ts';

type Said = Pick<ChangeResult, 'status' | 'detail'>;

/** What became of the changes that one command asked for. `read` finds the answer's word on each. */
export function resultsOf(
  places: readonly VariablePlace[],
  sent: SendOutcome,
  read: (response: unknown, place: VariablePlace) => Said,
): ChangeResult[] {
  return places.map((place) => {
    if (sent.kind !== 'done') return { ...place, ...notSent(sent), outcome: 'failed', commandId: null };
    const { command } = sent;
    const isAnswered = command.status === 'answered';
    const said = isAnswered ? read(command.response, place) : unanswered(command);
    return { ...place, ...said, outcome: isAnswered ? outcomeOf(said.status) : 'failed', commandId: command.id };
  });
}

/** @see OCPP 1.6 §6.8 */
export const saidInChangeConfiguration = (response: unknown): Said => ({
  status: textOf(membersOf(response).status) ?? NO_WORD,
  detail: null,
});

/** @see OCPP 2.0.1 part 2, B05 */
export function saidInSetVariables(response: unknown, place: VariablePlace): Said {
  const key = variableKey(place);
  const entry = listOf(membersOf(response).setVariableResult).find((each) =>
    variableOfEntry(each).some((variable) => variableKey(variable) === key),
  );
  const { attributeStatus, attributeStatusInfo } = membersOf(entry);
  const { reasonCode, additionalInfo } = membersOf(attributeStatusInfo);
  const reasons = [textOf(reasonCode), textOf(additionalInfo)].filter((part) => part !== null);
  return { status: textOf(attributeStatus) ?? NO_WORD, detail: reasons.length === 0 ? null : reasons.join(': ') };
}

const NO_WORD = 'NoAnswer';

function outcomeOf(status: string): ChangeResult['outcome'] {
  if (status === 'Accepted') return 'accepted';
  return status === 'RebootRequired' ? 'reboot-required' : 'refused';
}

const unanswered = ({ status, error }: Command): Said => ({
  status: error?.code ?? status,
  detail: error?.description ?? null,
});

function notSent(outcome: Exclude<SendOutcome, { kind: 'done' }>): Said {
  const detail = outcome.kind === 'invalid' ? (outcome.violations[0]?.message ?? null) : null;
  return { status: outcome.kind, detail };
}
