export {
  command,
  type CommandContext,
  type CommandInput,
  type CareOfClients,
  type Tools,
} from './command.ts';
export type { Change, Decision } from './decision.ts';
export { once, type Attempt, type Outcome } from './receipt.ts';
export { lockRow, writeChange } from './write-change.ts';
