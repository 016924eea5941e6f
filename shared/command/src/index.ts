export { command } from './command.ts';
export type { Change, Decision } from './decision.ts';
export type { CareOfClients, CommandContext, CommandInput, Tools } from './options.ts';
export { lockRow, writeChange } from './write-change.ts';
