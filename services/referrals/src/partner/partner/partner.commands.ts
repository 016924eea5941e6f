import { forbidden, isUuid, type Forbidden } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import { mayReceive } from '../../directory/agency/agency.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { Context } from '../../context.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import { ClientRestrictionEntity } from '../../referral/consent/client-restriction.entity.ts';
import { forbidsAgency } from '../../referral/consent/client-restriction.ts';
import { decideRelease } from '../../referral/disclosure/decide-release.ts';
import { changeReferral, type Changed, type StepInput } from '../../referral/referral/change-referral.ts';
import type { Details } from '../../referral/referral/effects.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { partnerRoles } from '../../referral/referral/referral-access.ts';
import type { ReferralCommand } from '../../referral/referral/transitions.ts';
import type { Change } from '../../referral/referral/write-steps.ts';
import { ReferralEntity } from '../../referral/referral/referral.entity.ts';

/** A command of an agency on its own referral; a referral of another agency does not exist for it. */
export function partnerStep(
  context: Context,
  input: StepInput,
  command: ReferralCommand,
  details: Details = {},
): Promise<Changed<Forbidden>> {
  const rolesFor = (referral: Parameters<typeof partnerRoles>[1]) => partnerRoles(context.viewer, referral);
  return changeReferral<Forbidden>(context, input, {
    mutation: `partner.${command}`,
    command,
    details,
    rolesFor,
    finish: async (tx, _decided, { referral }) =>
      (await isClosedTo(tx, referral, context.now())) ? nothingReleased() : {},
  });
}

const nothingReleased = (): { problem: Forbidden } => ({
  problem: forbidden('Nothing may be released to you for this referral now; read it again.'),
});

/** The client blocks this agency, or no agreement is in force; this is known before the referral was ended. */
async function isClosedTo(tx: EntityManager, { clientId, agencyId }: Referral, now: Date): Promise<boolean> {
  const limits = await tx.findOneBy(ClientRestrictionEntity, { clientId });
  if (limits && forbidsAgency(limits, agencyId)) return true;
  return !mayReceive(await tx.findOneByOrFail(AgencyEntity, { id: agencyId }), now);
}

/**
 * T7, T10. Acceptance opens more data, so the consent is first read from its owner. A consent that ended a
 * moment ago stops it, also before the fact has arrived here.
 */
export async function acceptReferral(context: Context, input: StepInput): Promise<Changed<Forbidden>> {
  const clientId = await clientOf(context, input.id);
  const basis = clientId ? await context.readReleaseBasis(clientId) : 'UNVERIFIABLE';
  return changeReferral<Forbidden>(context, input, {
    mutation: 'partner.accept',
    command: 'accept',
    rolesFor: (referral) => partnerRoles(context.viewer, referral),
    finish: async (tx, { referral }): Promise<Partial<Change> | { problem: Forbidden }> => {
      const agency = await tx.findOneByOrFail(AgencyEntity, { id: referral.agencyId });
      const service = await tx.findOneByOrFail(ServiceEntity, { id: referral.serviceId });
      const { actor } = context.cause;
      const decision = decideRelease({ actor, referral, agency, service, basis, now: context.now() });
      if (decision.kind !== 'DENY') return {};
      return nothingReleased();
    },
  });
}

async function clientOf({ db, viewer }: Context, id: string): Promise<string | null> {
  if (!isUuid(id) || viewer.agencyId === null) return null;
  const row = await db.manager.findOneBy(ReferralEntity, { id, agencyId: viewer.agencyId });
  return row?.clientId ?? null;
}
