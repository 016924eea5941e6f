export { command } from './command.ts';
export type { Change, Decision } from './decision.ts';
export type { CareOfClients, CommandContext, CommandInput, Tools } from './options.ts';
export { tellEveryRow, tellRow, type Telling } from './tell-rows.ts';
export { lockRow, ownerFirst, writeChange } from './write-change.ts';
