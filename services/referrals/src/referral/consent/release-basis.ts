import type { ClientPrivacy, Consent } from '@throughline/privacy';
import { signViewer, type Viewer } from '@throughline/graphql';
import { inSpan, KEEP_UNUSED_MS, traceparent, type SigningKey, type SpanAbout } from '@throughline/runtime';
import { Agent, request } from 'undici';
import { z } from 'zod';

/** What could be released about a person; each value needs a permit for its own field. */
export interface Snapshot {
  nameToUse: string;
  legalName: string;
  pronouns: string | null;
  dateOfBirth: string | null;
  ageBand: string | null;
  county: string | null;
  zip3: string | null;
  language: string | null;
  interpreterNeeded: boolean;
  householdSize: number | null;
  insuranceType: string | null;
  accessibility: string[];
  livingSituation: string | null;
  phone: string | null;
  safeContact: {
    allowedMethods: string[];
    leaveMessageOk: boolean;
    safeTimes: string | null;
    alias: string | null;
    instructions: string | null;
  };
}

/** What a decision needs of one client, as committed at `verifiedAt` in the clients service. */
export interface ReleaseBasis {
  verifiedAt: string;
  consents: Consent[];
  privacy: ClientPrivacy;
  program: { id: string; name: string; timeZone: string; isPart2Program: boolean; canBeNeutral: boolean };
  snapshot: Snapshot;
}

/** Reads the basis from its owner. Every failure is UNVERIFIABLE, and then nothing is disclosed. */
export type ReadReleaseBasis = (clientId: string) => Promise<ReleaseBasis | 'UNVERIFIABLE'>;

const query = `query ReleaseBasis($clientId: ID!) {
  releaseBasis(clientId: $clientId) {
    verifiedAt
    consentsJson
    privacy { clientId dateOfBirth consentAuthority restrictAll contactProhibited safeAddress blockedAgencyIds }
    program { id name timeZone isPart2Program canBeNeutral }
    snapshot {
      nameToUse legalName pronouns dateOfBirth ageBand county zip3 language interpreterNeeded householdSize
      insuranceType accessibility livingSituation phone
      safeContact { allowedMethods leaveMessageOk safeTimes alias instructions }
    }
  }
}`;

const self: Viewer = { id: 'referrals', roles: ['SYSTEM'], agencyId: null, graph: 'INTERNAL' };
const mostBytes = 1_000_000;
const connections = new Agent({ keepAliveMaxTimeout: KEEP_UNUSED_MS });

/** Checks only parts whose absence a decision would misread; all other parts fail closed by themselves. */
const answer = z.object({
  data: z.object({
    releaseBasis: z.object({
      verifiedAt: z.iso.datetime(),
      consentsJson: z.string(),
      privacy: z.looseObject({
        clientId: z.string(),
        restrictAll: z.boolean(),
        contactProhibited: z.boolean(),
        safeAddress: z.boolean(),
        blockedAgencyIds: z.array(z.string()),
      }),
      program: z.looseObject({
        id: z.string(),
        timeZone: z.string(),
        isPart2Program: z.boolean(),
        canBeNeutral: z.boolean(),
      }),
      snapshot: z.looseObject({ nameToUse: z.string() }),
    }),
  }),
});
const consentList = z.array(z.looseObject({ id: z.string(), status: z.string() }));

export interface ReaderOptions {
  clientsUrl: string;
  key: SigningKey;
  timeoutMs: number;
}

/**
 * The one call from service to service: the consent, at the moment of the disclosure. Source:
 * infra/reference/domain.md 3.7.
 */
export function releaseBasisReader({ clientsUrl, key, timeoutMs }: ReaderOptions): ReadReleaseBasis {
  const read = async (clientId: string): Promise<ReleaseBasis | 'UNVERIFIABLE'> => {
    const body = JSON.stringify({ query, variables: { clientId } });
    const token = signViewer(self, { subgraph: 'clients', body }, key);
    const carried = traceparent();
    const response = await request(clientsUrl, {
      dispatcher: connections,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-viewer-token': token,
        ...(carried !== undefined && { traceparent: carried }),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.length > mostBytes) return 'UNVERIFIABLE';
    return readAnswer(text, clientId);
  };
  return (clientId) => inSpan(reading, () => read(clientId)).catch(() => 'UNVERIFIABLE');
}

const reading = (): SpanAbout => ({ by: 'referrals', name: 'read consent', kind: 'client' });

function readAnswer(text: string, clientId: string): ReleaseBasis | 'UNVERIFIABLE' {
  const { consentsJson, ...basis } = answer.parse(JSON.parse(text)).data.releaseBasis;
  const consents = consentList.parse(JSON.parse(consentsJson));
  if (basis.privacy.clientId !== clientId) return 'UNVERIFIABLE';
  return { ...basis, consents } as unknown as ReleaseBasis;
}
