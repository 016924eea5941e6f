import type { Ready } from '@throughline/runtime';
import type { LiveHub } from './live/live-hub.ts';
import type { BreakerState } from './subgraph/breaker.ts';

export interface ReadinessParts {
  sources: ReadonlyMap<string, { state: BreakerState }>;
  /** Null: there are no subscriptions. */
  hub: Pick<LiveHub, 'health'> | null;
}

const words: Record<BreakerState, string> = {
  closed: 'ok',
  'half-open': 'failed, is being tried',
  open: 'fails, is left alone',
};

/**
 * Whether this process can do its work: the graphs are loaded (nothing listens before) and events arrive. A service that
 * is away is told, and is no reason to send callers elsewhere: every gateway would say the same, and most of what they
 * want can be answered.
 */
export function readiness({ sources, hub }: ReadinessParts): Ready {
  return () => {
    const live = hub?.health() ?? 'ok';
    return {
      healthy: live === 'ok',
      parts: {
        supergraph: 'loaded',
        ...(hub && { 'live events': live }),
        ...Object.fromEntries([...sources].map(([name, { state }]) => [name, words[state]])),
      },
    };
  };
}
