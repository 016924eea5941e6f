import type { GatewayContext } from '../context.ts';
import type { RecordedAnswers } from '../subgraph/recorded-answers.ts';

export type Data = Record<string, unknown>;
export type Variables = Readonly<Record<string, unknown>>;

/** One request on its way through a compiled plan. */
export interface Run {
  context: GatewayContext;
  variables: Variables;
  /** Merged answers of the services so far. */
  root: Data | null;
  /** Something was unusual; the library must answer from the recorded answers. */
  irregular: boolean;
  recorded: RecordedAnswers;
}

/** A part of a plan. Undefined when there was nothing to wait for. */
export type Step = (run: Run) => Promise<void> | undefined;
