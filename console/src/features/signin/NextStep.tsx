import { CodeStep } from './CodeStep';
import { SetUpStep } from './SetUpStep';
import type { Begun, Needed } from './steps';

interface Props {
  needed: Needed;
  enter: (begun: Begun) => Promise<void>;
  /** Back to the password. */
  restart: () => void;
}

/** What the organisation asks for besides the password. */
export function NextStep({ needed, enter, restart }: Props) {
  return needed.step === 'code' ? (
    <CodeStep ticket={needed.ticket} enter={enter} restart={restart} />
  ) : (
    <SetUpStep ticket={needed.ticket} enter={enter} restart={restart} />
  );
}
