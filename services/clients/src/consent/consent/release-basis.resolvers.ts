import type { Consent as ReleasedConsent, Moment } from '@throughline/privacy';
import { ageBandOf, birthdayOf, type Client, type ContactPoint } from '../../people/client/client.ts';
import { readTogether } from './release-basis.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import type { Consent } from './consent.ts';

export const resolvers: Resolvers = {
  Query: {
    releaseBasis: async (_root, { clientId }, context) => {
      // Hiding a field from the graph is not enough: its resolver must refuse, too.
      if (context.viewer.graph !== 'INTERNAL') return null;
      const verifiedAt = context.now();
      const found = await readTogether(context.db, clientId);
      if (!found) return null;
      const { client, consents } = found;
      const { config } = context;
      return {
        clientId: client.id,
        verifiedAt,
        consentsJson: JSON.stringify(consents.map(released)),
        privacy: privacyOf(client),
        program: {
          id: config.PROGRAM_ID,
          name: config.PROGRAM_NAME,
          timeZone: config.PROGRAM_TIME_ZONE,
          isPart2Program: config.PROGRAM_IS_PART2,
          canBeNeutral: config.PROGRAM_CAN_BE_NEUTRAL,
        },
        snapshot: snapshotOf(client, { now: verifiedAt, timeZone: config.PROGRAM_TIME_ZONE }),
      };
    },
  },
};

/** Leaves out what is not on the form. */
const ownFields: ReadonlySet<string> = new Set<Exclude<keyof Consent, keyof ReleasedConsent>>([
  'recordedAt',
  'recordedBy',
  'version',
  'supersededById',
  'language',
  'interpreterUsed',
  'revocationMethod',
]);

function released(consent: Consent): Partial<ReleasedConsent> {
  return Object.fromEntries(Object.entries(consent).filter(([field]) => !ownFields.has(field)));
}

function privacyOf(client: Client) {
  const { id: clientId, consentAuthority, restrictAll, blockedAgencyIds } = client;
  const { contactProhibited } = client.safeContact;
  return {
    clientId,
    dateOfBirth: birthdayOf(client),
    consentAuthority,
    restrictAll,
    contactProhibited,
    safeAddress: client.safeAddress || client.addresses.some(({ isHidden }) => isHidden),
    blockedAgencyIds,
  };
}

function snapshotOf(client: Client, at: Moment) {
  const { contactProhibited } = client.safeContact;
  const first = (kind: ContactPoint['kind']) =>
    contactProhibited ? null : (client.contactPoints.find((point) => point.kind === kind)?.value ?? null);
  return {
    nameToUse: client.nameToUse ?? client.legalName,
    legalName: client.legalName,
    pronouns: client.pronouns,
    dateOfBirth: client.dateOfBirth,
    ageBand: ageBandOf(client, at),
    county: client.county,
    zip3: client.postalCode?.slice(0, 3) ?? null,
    language: client.preferredLanguage,
    interpreterNeeded: client.interpreterNeeded,
    householdSize: client.householdSize,
    insuranceType: client.insuranceType,
    accessibility: client.accessibilityNeeds,
    livingSituation: client.livingSituation,
    populations: client.populations,
    phone: first('PHONE'),
    email: first('EMAIL'),
    safeContact: { ...client.safeContact, alias: null },
  };
}
