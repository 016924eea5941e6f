import { act } from '@throughline/graphql';
import { daysBetween, momentOf, today, type Moment } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { readsFile } from '../case-manager/personnel.ts';
import {
  addCredential,
  addCredentialEvidence,
  changeCredential,
  recordContinuingEducation,
  renewCredential,
  verifyCredential,
} from './credential.commands.ts';
import { CredentialTypeEntity, type CeActivity } from './credential.entity.ts';
import { statusOf, type Credential } from './credential.ts';
import { credentialExpiries, isExpiring } from './expiries.ts';
import { gateOf, type Held } from './gate.ts';

/** The registry knows a few dozen types. */
const mostTypes = 200;

export const resolvers: Resolvers = {
  Query: {
    credentialTypes: (_root, _args, { db }) =>
      db.manager.find(CredentialTypeEntity, { order: { code: 'ASC' }, take: mostTypes }),
    credentialExpiries: (_root, args, context) => credentialExpiries(context, args),
  },
  Mutation: {
    addCredential: act(addCredential),
    addCredentialEvidence: act(addCredentialEvidence),
    verifyCredential: act(verifyCredential),
    changeCredential: act(changeCredential),
    renewCredential: act(renewCredential),
    recordContinuingEducation: act(recordContinuingEducation),
  },
  StaffMember: {
    credentials: async (staff, _args, context) => (await heldBy(staff, context))?.map(credentialIn) ?? null,
    expiringCredentials: async (staff, _args, context) => {
      const held = await heldBy(staff, context);
      return held?.map(credentialIn).filter((one) => isExpiring(one, momentOf(context))) ?? null;
    },
    credentialGate: async (staff, _args, context) => {
      const held = await heldBy(staff, context);
      return held && gateOf(staff, held, momentOf(context));
    },
  },
  Credential: {
    __resolveReference: async ({ id }, { viewer, loaders }) => {
      const credential = await loaders.credentialById.load(id);
      if (!credential) return null;
      const supervisorId = loaders.supervisorByCredential.get(credential.id);
      return readsFile(viewer, { id: credential.staffId, supervisorId }) ? credential : null;
    },
    holder: ({ staffId }, _args, { loaders }) => loaders.staffMemberById.load(staffId),
    type: ({ typeCode }, _args, { loaders }) => loaders.credentialType.load(typeCode),
    verifiedBy: ({ verifiedBy }, _args, { loaders }) =>
      verifiedBy ? loaders.staffMemberById.load(verifiedBy) : null,
    status: async (credential, _args, context) => {
      const type = await context.loaders.credentialType.load(credential.typeCode);
      return type && statusOf(credential, type, momentOf(context));
    },
    daysToExpiry: ({ expiresOn }, _args, context) =>
      expiresOn === null ? null : daysTo(expiresOn, momentOf(context)),
    continuingEducation: (credential, _args, context) => educationOf(credential, context),
    ceEarned: async (credential, _args, context) =>
      sum((await educationOf(credential, context)).map(({ hours }) => hours)),
    ceEthicsEarned: async (credential, _args, context) =>
      sum((await educationOf(credential, context)).map(({ ethicsHours }) => ethicsHours)),
  },
  ContinuingEducation: {
    credential: ({ credentialId }, _args, { loaders }) => loaders.credentialById.load(credentialId),
  },
};

const credentialIn = ({ credential }: Held): Credential => credential;
const sum = (hours: readonly number[]): number => hours.reduce((total, one) => total + one, 0);
const daysTo = (day: string, at: Moment): number => daysBetween(today(at), day);

/** The credentials of somebody whose personnel file the viewer may read; else null. */
async function heldBy(staff: StaffMember, { viewer, loaders }: Context): Promise<Held[] | null> {
  if (!readsFile(viewer, staff)) return null;
  const credentials = await loaders.credentialsByStaff.load(staff.id);
  const types = await Promise.all(credentials.map(({ typeCode }) => loaders.credentialType.load(typeCode)));
  return credentials.flatMap((credential, place) => {
    const type = types[place];
    return type ? [{ credential, type }] : [];
  });
}

/** Continuing education of the present cycle. */
async function educationOf({ id, issuedOn }: Credential, { loaders }: Context): Promise<CeActivity[]> {
  const all = await loaders.educationByCredential.load(id);
  return all.filter(({ heldOn }) => heldOn >= issuedOn);
}
