import { healthOf, type Ready } from '@throughline/runtime';
import type { LiveHub } from './live/live-hub.ts';
import type { Allowances } from './safety/allowance.ts';
import type { BreakerState } from './subgraph/breaker.ts';

export interface ReadinessParts {
  sources: ReadonlyMap<string, { state: BreakerState }>;
  /** Null when there are no subscriptions. */
  hub: Pick<LiveHub, 'health'> | null;
  /** Left out when each gateway counts for itself. */
  allowances?: Pick<Allowances, 'health'>;
}

const words: Record<BreakerState, string> = {
  closed: 'ok',
  'half-open': 'failed, is tried again',
  open: 'fails, is not called',
};

/**
 * The graphs are loaded, since nothing listens before: a gateway that runs can answer. A service that is away and live
 * events that do not arrive degrade it: every gateway would say the same, and most queries can be answered. A gateway
 * that is closing takes no new callers.
 */
export function readiness({ sources, hub, allowances }: ReadinessParts): Ready {
  return () => {
    const live = hub?.health() ?? 'ok';
    const services = Object.fromEntries([...sources].map(([name, { state }]) => [name, words[state]]));
    const supergraph = live === 'closing' ? live : 'ok';
    const limits = allowances && { 'rate limits': allowances.health() };
    return healthOf({ supergraph }, { ...(hub && { 'live events': live }), ...limits, ...services });
  };
}
