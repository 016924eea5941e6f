import { hasRole, roles, type Role, type Viewer } from '@throughline/graphql';
import fc from 'fast-check';
import { relationsTo, type Care } from './care.ts';
import {
  mayChange,
  mayKnow,
  mayLimitDisclosure,
  mayRead,
  parts,
  reachOf,
  reasonFor,
  type Reach,
} from './reach.ts';

const care: Care = {
  ...{ clientId: 'c', caseId: 'f', caseOpen: true },
  ...{
    caseManagerId: 'maria',
    supervisorId: 'sam',
    supervisorCoverId: 'tess',
    registeredBy: 'ines',
    queued: false,
  },
  ...{ team: [{ staffId: 'cleo', supervisorId: 'sue', supervisorCoverId: 'uma' }], coverId: 'jonah' },
  responders: ['lena'],
};
const noTeam = { caseManagerId: null, supervisorId: null, supervisorCoverId: null, team: [] };
const queue: Care = { ...care, ...noTeam, queued: true };
const notYetHeard: Care = { ...care, ...noTeam, queued: false };
const viewer = (id: string, ...held: Role[]): Viewer => ({ id, roles: held, agencyId: null, graph: 'STAFF' });

/** What each role reaches by each relation; a role that is not listed reaches nothing. */
const table: [string, string, Care, Partial<Record<Role, Reach>>][] = [
  [
    'of the own caseload',
    'maria',
    care,
    {
      CASE_MANAGER: 'FULL',
      SUPERVISOR: 'FULL',
      CLINICIAN: 'FULL',
      PEER_SPECIALIST: 'PEER',
      PRIVACY_OFFICER: 'PRIVACY',
    },
  ],
  [
    'of the care team',
    'cleo',
    care,
    {
      CASE_MANAGER: 'FULL',
      SUPERVISOR: 'FULL',
      CLINICIAN: 'FULL',
      PEER_SPECIALIST: 'PEER',
      PRIVACY_OFFICER: 'PRIVACY',
    },
  ],
  [
    'of a colleague on leave',
    'jonah',
    care,
    {
      CASE_MANAGER: 'FULL',
      SUPERVISOR: 'FULL',
      CLINICIAN: 'FULL',
      PEER_SPECIALIST: 'PEER',
      PRIVACY_OFFICER: 'PRIVACY',
    },
  ],
  [
    'of somebody who supervises the care team',
    'sue',
    care,
    { SUPERVISOR: 'FULL', PRIVACY_OFFICER: 'PRIVACY' },
  ],
  ['of the team of a supervisor on leave', 'tess', care, { SUPERVISOR: 'FULL', PRIVACY_OFFICER: 'PRIVACY' }],
  ['of such a care team', 'uma', care, { SUPERVISOR: 'FULL', PRIVACY_OFFICER: 'PRIVACY' }],
  ['of the team', 'sam', care, { SUPERVISOR: 'FULL', PRIVACY_OFFICER: 'PRIVACY' }],
  [
    'in the queue',
    'otto',
    queue,
    { SUPERVISOR: 'FULL', INTAKE_WORKER: 'INTAKE', PRIVACY_OFFICER: 'PRIVACY' },
  ],
  ['whom the viewer registered', 'ines', care, { INTAKE_WORKER: 'INTAKE', PRIVACY_OFFICER: 'PRIVACY' }],
  [
    'whose crisis the viewer took over',
    'lena',
    care,
    {
      CASE_MANAGER: 'CRISIS',
      SUPERVISOR: 'CRISIS',
      CLINICIAN: 'CRISIS',
      PROGRAM_ADMIN: 'DIRECTOR',
      PRIVACY_OFFICER: 'PRIVACY',
    },
  ],
  ['of somebody else', 'otto', care, { PRIVACY_OFFICER: 'PRIVACY' }],
  ['whose assignment is still on the way', 'otto', notYetHeard, { PRIVACY_OFFICER: 'PRIVACY' }],
];

describe('the reach', () => {
  const cases = table.flatMap(([client, id, of, reaches]) =>
    roles.map((role) => ({ role, client, id, of, reach: reaches[role] ? [reaches[role]] : [] })),
  );
  it.each(cases)('of $role into a client $client is $reach', ({ id, role, of, reach }) => {
    expect(reachOf(viewer(id, role), of)).toEqual(reach);
    expect(mayKnow(viewer(id, role), of)).toBe(reach.length > 0);
  });

  it('adds up: a privacy officer on the own caseload reads the ledger check and the clinical record', () => {
    const both = viewer('maria', 'CASE_MANAGER', 'PRIVACY_OFFICER');
    expect(parts.filter((part) => !mayRead(both, care, part))).toEqual([]);
  });

  const of = fc.record<Care>({
    ...{ clientId: fc.constant('c'), caseId: fc.constant('f'), caseOpen: fc.boolean(), queued: fc.boolean() },
    caseManagerId: fc.constantFrom('maria', 'sam', null),
    supervisorId: fc.constantFrom('sam', 'maria', null),
    supervisorCoverId: fc.constantFrom('otto', 'ines', null),
    registeredBy: fc.constantFrom('ines', 'maria', null),
    coverId: fc.constantFrom('maria', 'otto', null),
    responders: fc.subarray(['maria', 'otto']),
    team: fc.array(
      fc.record({
        staffId: fc.constantFrom('maria', 'ines'),
        supervisorId: fc.constantFrom('sam', 'otto', null),
        supervisorCoverId: fc.constantFrom('ines', null),
      }),
      { maxLength: 2 },
    ),
  });
  const who = fc.record<Viewer>({
    id: fc.constantFrom('maria', 'sam', 'ines', 'otto', ''),
    roles: fc.subarray([...roles]),
    agencyId: fc.constant(null),
    graph: fc.constantFrom('STAFF', 'PARTNER', 'INTERNAL'),
  });

  it('is nothing outside the staff graph, and nothing without a client', () => {
    fc.assert(
      fc.property(who, of, (one, client) => {
        if (one.graph !== 'STAFF') expect(relationsTo(one, client)).toEqual([]);
        expect(relationsTo(one, null)).toEqual([]);
      }),
    );
  });

  it('is full only for who works with the client, the supervisors of these, and supervisors before the queue', () => {
    fc.assert(
      fc.property(who, of, (one, client) => {
        if (!reachOf(one, client).includes('FULL')) return;
        const works = [client.caseManagerId, client.coverId, ...client.team.map(({ staffId }) => staffId)];
        const above = [client, ...client.team].flatMap((one) => [one.supervisorId, one.supervisorCoverId]);
        const team = hasRole(one, 'SUPERVISOR') && (above.includes(one.id) || client.queued);
        expect(works.includes(one.id) || team).toBe(true);
      }),
    );
  });

  it('never lets a viewer change what the viewer may not read', () => {
    fc.assert(
      fc.property(who, of, (one, client) => {
        const blind = parts.filter((part) => mayChange(one, client, part) && !mayRead(one, client, part));
        expect(blind).toEqual([]);
      }),
    );
  });

  it('gives a reason that is the same for an unknown client and for somebody else’s', () => {
    fc.assert(
      fc.property(who, of, fc.constantFrom(...parts), (one, client, part) => {
        expect(reasonFor(one, client, part) === 'OK').toBe(mayRead(one, client, part));
        if (!mayKnow(one, client)) expect(reasonFor(one, client, part)).toBe(reasonFor(one, null, part));
      }),
    );
  });
});

describe('a part', () => {
  const withheld = (one: Viewer, of: Care) => parts.filter((part) => !mayRead(one, of, part));

  it('of a clinical kind is closed to intake workers, as consents and the ledger are', () => {
    expect(withheld(viewer('ines', 'INTAKE_WORKER'), care)).toEqual([
      ...['CONSENTS', 'DISCLOSURES', 'LEDGER_CHECK', 'CLINICAL', 'ANSWERS', 'TIMELINE'],
      ...['SENSITIVE_REFERRALS', 'ALERTS'],
    ]);
  });

  it('that narrates is closed to privacy officers, as contact, social and clinical data are', () => {
    expect(withheld(viewer('petra', 'PRIVACY_OFFICER'), care)).toEqual([
      ...['CONTACT', 'SOCIAL', 'CLINICAL', 'ANSWERS', 'NARRATIVE', 'ALERTS'],
    ]);
  });

  it('with single answers is closed to peer specialists, who cannot change the clinical record either', () => {
    const peer = viewer('maria', 'PEER_SPECIALIST');
    expect(withheld(peer, care)).toEqual(['LEDGER_CHECK', 'ANSWERS']);
    expect(mayChange(peer, care, 'CLINICAL')).toBe(false);
    expect(mayChange(peer, care, 'CONSENTS')).toBe(true);
  });

  it('is changed by a privacy officer nowhere, also with another role: it takes a relation to the client', () => {
    for (const petra of [
      viewer('petra', 'PRIVACY_OFFICER'),
      viewer('petra', 'PRIVACY_OFFICER', 'CASE_MANAGER'),
    ]) {
      expect(parts.filter((part) => mayChange(petra, care, part))).toEqual([]);
      expect(mayLimitDisclosure(petra, care)).toBe(true);
    }
    expect(mayLimitDisclosure(viewer('otto', 'CASE_MANAGER'), care)).toBe(false);
    expect(mayLimitDisclosure(viewer('maria', 'CASE_MANAGER'), care)).toBe(true);
  });
});
