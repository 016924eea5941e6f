import type { Context } from '../../context.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { viewForPartner, type PartnerView } from './partner-view.ts';

type Views = Map<string, Promise<PartnerView | null>>;

/** Cached for one request. */
const viewsOf = new WeakMap<Context, Views>();

/**
 * One decision and one line of the ledger for all fields of one answer. A later version of the referral needs a new
 * decision.
 */
export async function partnerView(context: Context, referral: Referral): Promise<PartnerView | null> {
  const views: Views = viewsOf.get(context) ?? new Map<string, Promise<PartnerView | null>>();
  viewsOf.set(context, views);
  const known = views.get(keyOf(referral));
  if (known) return await known;

  const view = viewForPartner(context, referral);
  views.set(keyOf(referral), view);
  const seen = await view;
  // The read itself may have acknowledged; then it also counts for the version after that.
  if (seen) views.set(keyOf(seen.referral), view);
  return seen;
}

function keyOf({ id, version }: Referral): string {
  return `${id}:${String(version)}`;
}
