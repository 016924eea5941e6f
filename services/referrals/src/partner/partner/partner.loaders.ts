import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { fieldsAsked, partOf, senderNameAsked } from './fields-asked.ts';
import { viewForPartner, type PartnerView } from './partner-view.ts';

type Views = Map<string, Promise<PartnerView | null>>;

/** Cached for one request. */
const viewsOf = new WeakMap<Context, Views>();

/**
 * One decision and one line of the ledger for all fields of one referral in one part of an operation. A later version of
 * the referral needs a new decision.
 */
export async function partnerView(
  context: Context,
  referral: Referral,
  info: GraphQLResolveInfo,
): Promise<PartnerView | null> {
  const views: Views = viewsOf.get(context) ?? new Map<string, Promise<PartnerView | null>>();
  viewsOf.set(context, views);
  const keyOf = ({ id, version }: Referral) => `${partOf(info)}:${id}:${String(version)}`;
  const known = views.get(keyOf(referral));
  if (known) return await known;

  const asked = { fields: fieldsAsked(info), senderName: senderNameAsked(info) };
  const view = viewForPartner(context, referral, asked);
  views.set(keyOf(referral), view);
  const seen = await view;
  // The read itself may have acknowledged; then it also counts for the version after that.
  if (seen) views.set(keyOf(seen.referral), view);
  return seen;
}
