import { command } from '@throughline/command';
import { invalidInput, isUuid, staleVersion, type InputIssue } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { RecordPartnerPrincipalInput } from '../../generated/graphql.ts';
import { PartnerPrincipalEntity } from './principal.entity.ts';
import { principalId, recordPrincipal } from './principal.ts';

/**
 * Staff name the agency. A partner writes for its own agency only: another one looks like an agency that does not exist. Of two
 * that create the same record at once, the second must read it first.
 */
export const recordPartnerPrincipal = (context: Context, input: RecordPartnerPrincipalInput) => {
  const { subject } = input;
  const agencyId = agencyToRecordFor(context, input);
  return command(
    context,
    {
      ...{ name: 'recordPartnerPrincipal', input, creates: PartnerPrincipalEntity, orNew: true },
      lock: [PartnerPrincipalEntity, principalId(agencyId ?? '', subject)],
      taken: () => staleVersion(1),
      check: () => [...(agencyId === null ? [noAgency] : []), ...(subject.trim() === '' ? [noSubject] : [])],
    },
    async (known, { tx }) => {
      const id = agencyId ?? '';
      if (!(await tx.existsBy(AgencyEntity, { id }))) return invalidInput([noAgency]);
      const by = context.viewer.graph === 'PARTNER' ? 'AGENCY' : 'PROGRAM';
      return recordPrincipal(known, { agencyId: id, subject, by }, input);
    },
  );
};

function agencyToRecordFor({ viewer }: Context, { agencyId }: RecordPartnerPrincipalInput): string | null {
  const given = agencyId?.toLowerCase() ?? null;
  const own = viewer.agencyId?.toLowerCase() ?? null;
  if (viewer.graph === 'PARTNER') return given === null || given === own ? own : null;
  return given !== null && isUuid(given) ? given : null;
}

const noAgency: InputIssue = { path: 'agencyId', code: 'UNKNOWN', message: 'There is no such agency.' };
const noSubject: InputIssue = {
  path: 'subject',
  code: 'MISSING',
  message: 'The subject of the sign-in is needed.',
};
