import { roles, type Role, type Viewer } from '@throughline/graphql';
import { mayReadClient, relationTo, type CareTeam } from './care-team.ts';

const team: CareTeam = {
  clientId: 'c',
  caseId: 'f',
  caseOpen: true,
  caseManagerId: 'maria',
  supervisorId: 'sam',
};
const viewer = (id: string, ...held: Role[]): Viewer => ({ id, roles: held, agencyId: null, graph: 'STAFF' });

describe('relationTo', () => {
  it.each([
    ['the case manager has the client on her caseload', viewer('maria', 'CASE_MANAGER'), 'OWN_CASELOAD'],
    ['her supervisor leads the team', viewer('sam', 'SUPERVISOR'), 'TEAM'],
    ['another case manager has no relation', viewer('otto', 'CASE_MANAGER'), 'NONE'],
    ['another supervisor has no relation', viewer('otto', 'SUPERVISOR'), 'NONE'],
    ['a name without its role is nothing', viewer('maria', 'INTAKE_WORKER'), 'NONE'],
    ['a supervisor who lost the role is nobody', viewer('sam', 'CASE_MANAGER'), 'NONE'],
  ])('%s', (_rule, who, relation) => {
    expect(relationTo(who, team)).toBe(relation);
  });

  it.each(roles)('nobody reads an unknown client, not even as %s', (role) => {
    expect(mayReadClient(viewer('maria', role), null)).toBe(false);
  });

  it('an unassigned case is on nobody’s caseload, even when an id is empty', () => {
    expect(
      mayReadClient(viewer('', 'CASE_MANAGER', 'SUPERVISOR'), {
        ...team,
        caseManagerId: null,
        supervisorId: null,
      }),
    ).toBe(false);
  });

  it('a partner or a service has no relation, whatever its id', () => {
    expect(mayReadClient({ ...viewer('maria', 'CASE_MANAGER'), graph: 'PARTNER' }, team)).toBe(false);
    expect(mayReadClient({ ...viewer('maria', 'CASE_MANAGER'), graph: 'INTERNAL' }, team)).toBe(false);
  });
});
