import { randomUUID } from 'node:crypto';
import { consentOf, type ConsentCopy } from './consent-copy.ts';

const [clinic, shelter, consentId] = [randomUUID(), randomUUID(), randomUUID()];
const consent = (changes: Partial<ConsentCopy> = {}): ConsentCopy => ({
  ...{ consentId, clientId: randomUUID(), recipientAgencyIds: [clinic], recipientClasses: [] },
  ...{ inForce: true, version: 1, ...changes },
});
const agency = (agencyId: string) => ({ name: 'Agency', agencyId, consentId: null });
const person = (id: string | null) => ({ name: 'Sister', agencyId: null, consentId: id });

it.each([
  ['an agency that it names', agency(clinic), consent(), 'IN_FORCE'],
  ['an agency that it does not name', agency(shelter), consent(), 'MISSING'],
  [
    'an agency, by a class',
    agency(shelter),
    consent({ recipientClasses: ['TREATING_PROVIDERS'] }),
    'CLASS_ONLY',
  ],
  ['an agency that it named before it ended', agency(clinic), consent({ inForce: false }), 'MISSING'],
  ['a person', person(consentId), consent(), 'IN_FORCE'],
  ['a person whose consent ended', person(consentId), consent({ inForce: false }), 'MISSING'],
  ['a person without one', person(null), consent(), 'MISSING'],
])('a consent lets %s receive a plan or not', (_who, receiver, given, expected) => {
  expect(consentOf(receiver, [given])).toBe(expected);
});
