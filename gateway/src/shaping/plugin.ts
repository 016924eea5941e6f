import type { Logger } from '@throughline/runtime';
import type { GatewayContext } from '../context.ts';
import type { OwnPlugin } from '../operations/own-plugin.ts';
import { installShaping } from './install.ts';

/** Shapes answers by compiled code when the installed library permits it; logs when it does not. */
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
