import type { CareTeam } from '@throughline/care-team';
import { roles, type Role, type Viewer } from '@throughline/graphql';
import { answerAccess, clinicalAccess, mayWrite, timelineAccess } from './clinical-access.ts';

const team: CareTeam = {
  clientId: 'c',
  caseId: 'f',
  caseOpen: true,
  caseManagerId: 'maria',
  supervisorId: 'sam',
};
const viewer = (id: string, role: Role, graph: Viewer['graph'] = 'STAFF'): Viewer => ({
  id,
  roles: [role],
  agencyId: null,
  graph,
});

describe('the clinical record', () => {
  const care: Role[] = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST'];

  it.each(roles)('is open to %s only with a care role and a place on the team', (role) => {
    const expected = care.includes(role) ? 'OK' : 'ROLE_FORBIDDEN';
    expect(clinicalAccess(viewer('maria', role), team)).toBe(expected);
    expect(clinicalAccess(viewer('otto', role), team)).not.toBe('OK');
  });

  it.each(roles)('says the same to %s of an unknown client as of somebody else’s', (role) => {
    expect(clinicalAccess(viewer('otto', role), null)).toBe(clinicalAccess(viewer('otto', role), team));
  });

  it.each(['PARTNER', 'INTERNAL'] as const)('is closed to the %s graph', (graph) => {
    expect(clinicalAccess(viewer('maria', 'CASE_MANAGER', graph), team)).toBe('ROLE_FORBIDDEN');
    expect(timelineAccess(viewer('maria', 'PRIVACY_OFFICER', graph), team)).toBe('ROLE_FORBIDDEN');
  });

  it('keeps single answers from a peer specialist, who cannot change the record either', () => {
    const peer = viewer('maria', 'PEER_SPECIALIST');
    expect(clinicalAccess(peer, team)).toBe('OK');
    expect(answerAccess(peer, team)).toBe('ROLE_FORBIDDEN');
    expect(mayWrite(peer)).toBe(false);
    expect(answerAccess(viewer('sam', 'SUPERVISOR'), team)).toBe('OK');
  });
});

describe('the timeline', () => {
  it('is open to a privacy officer, who reads nothing clinical', () => {
    const officer = viewer('petra', 'PRIVACY_OFFICER');
    expect(timelineAccess(officer, team)).toBe('OK');
    expect(clinicalAccess(officer, team)).toBe('ROLE_FORBIDDEN');
    expect(answerAccess(officer, team)).toBe('ROLE_FORBIDDEN');
  });
});
