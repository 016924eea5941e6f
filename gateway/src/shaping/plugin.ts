import type { Logger } from '@throughline/runtime';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import { installShaping } from './install.ts';

/** Has answers shaped by compiled code, as far as the installed library allows; says so when it does not. */
export function compiledShaping(mode: 'compiled' | 'library', logger: Logger): OwnPlugin<GatewayContext>[] {
  if (mode === 'library') return [];
  const { shaping, reason } = installShaping();
  if (!shaping) {
    logger.warn({ reason }, 'compiled response shaping is off');
    return [];
  }
  return [
    {
      begin: () => ({
        didResolveOperation: ({ operation }) => {
          shaping.admit(operation);
          return undefined;
        },
      }),
    },
  ];
}
