import type { Exchange } from '@cpo-console/shared/message-log/exchanges.ts';
import { OutcomeWords } from '../../../components/ui/outcome-words.tsx';
import { outcomesOf } from '../../../lib/outcome.ts';
import { useNow } from '../../../lib/use-now.ts';

interface OutcomesProps {
  exchange: Exchange;
  mayClaimNoAnswer: boolean;
}

/** What came of an exchange: its flags, and what its frames say. */
export function Outcomes({ exchange, mayClaimNoAnswer }: OutcomesProps) {
  const open = exchange.call !== null && exchange.answer === null && mayClaimNoAnswer;
  return open ? <Ticking exchange={exchange} /> : <Words {...{ exchange, mayClaimNoAnswer }} now={0} />;
}

/** Only rows that still wait look at the clock. */
const Ticking = ({ exchange }: { exchange: Exchange }) => <Words exchange={exchange} now={useNow()} mayClaimNoAnswer />;

const Words = ({ exchange, now, mayClaimNoAnswer }: OutcomesProps & { now: number }) =>
  outcomesOf(exchange, now, mayClaimNoAnswer).map((outcome) => (
    <OutcomeWords key={outcome.say ?? outcome.words ?? ''} outcome={outcome} />
  ));
