import { referralCommands } from './transitions.ts';

/** The domain names a command as its function, the graph as an enum value: `startService` is `START_SERVICE`. */
const nameInGraph = (command: string): string =>
  command.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export const resolvers = {
  ReferralCommand: Object.fromEntries(referralCommands.map((command) => [nameInGraph(command), command])),
};
