import type { Tools } from '@throughline/command';
import { forbidden, isUuid, type Problem } from '@throughline/graphql';
import { mayReceive } from '../../directory/agency/agency.ts';
import { lockStanding } from '../../directory/agency/agency.entity.ts';
import type { Context } from '../../context.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import { ClientRestrictionEntity } from '../../referral/consent/client-restriction.entity.ts';
import { forbidsAgency } from '../../referral/consent/client-restriction.ts';
import { decideRelease } from '../../referral/disclosure/decide-release.ts';
import { changeReferral, type Step, type StepInput } from '../../referral/referral/change-referral.ts';
import type { Details } from '../../referral/referral/effects.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { partnerRoles } from '../../referral/referral/referral-access.ts';
import type { ReferralCommand } from '../../referral/referral/transitions.ts';
import { ReferralEntity } from '../../referral/referral/referral.entity.ts';

/** The command of a step of the agency on its own referral; the referral of another agency does not exist for it. */
export const partnerStep =
  <Input extends StepInput>(command: ReferralCommand, detailsOf: (input: Input) => Details = () => ({})) =>
  (context: Context, input: Input): Promise<Referral | Problem> =>
    change(context, input, {
      ...{ command, details: detailsOf(input) },
      finish: async (tools, _decided, { row }) => ((await isClosedTo(tools, row)) ? nothingReleased : {}),
    });

function change(
  context: Context,
  input: StepInput,
  step: Pick<Step, 'command' | 'details' | 'finish'>,
): Promise<Referral | Problem> {
  return changeReferral(context, input, {
    ...{ ...step, mutation: `partner.${step.command}`, isOfStaff: false },
    rolesFor: (referral) => partnerRoles(context.viewer, referral) ?? [],
  });
}

const nothingReleased = forbidden('Nothing may be released to you for this referral now; read it again.');

/** The client blocks this agency, or no agreement is in force; this is known before the referral was ended. */
async function isClosedTo({ tx, now }: Tools, { clientId, agencyId }: Referral): Promise<boolean> {
  const limits = await tx.findOneBy(ClientRestrictionEntity, { clientId });
  if (limits && forbidsAgency(limits, agencyId)) return true;
  return !mayReceive(await lockStanding(tx, agencyId), now);
}

/**
 * T7, T10. Acceptance opens more data, so the consent is first read from its owner. A consent that ended a
 * moment ago stops it, also before the fact has arrived here.
 */
export async function acceptReferral(context: Context, input: StepInput): Promise<Referral | Problem> {
  const clientId = await clientOf(context, input.id);
  const basis = clientId ? await context.readReleaseBasis(clientId) : 'UNVERIFIABLE';
  return change(context, input, {
    command: 'accept',
    finish: async ({ tx, now }, { referral }) => {
      const agency = await lockStanding(tx, referral.agencyId);
      const service = await tx.findOneByOrFail(ServiceEntity, { id: referral.serviceId });
      const { actor } = context.cause;
      const decision = decideRelease({ actor, referral, agency, service, basis, now });
      return decision.kind === 'DENY' ? nothingReleased : {};
    },
  });
}

async function clientOf({ db, viewer }: Context, id: string): Promise<string | null> {
  if (!isUuid(id) || viewer.agencyId === null) return null;
  const row = await db.manager.findOneBy(ReferralEntity, { id, agencyId: viewer.agencyId });
  return row?.clientId ?? null;
}
