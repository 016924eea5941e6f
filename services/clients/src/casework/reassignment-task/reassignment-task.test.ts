import type { StaffMember } from '../../workforce/case-manager/case-manager.ts';
import type { GateReason, Held } from '../../workforce/credential/gate.ts';
import { taskOf } from './reassignment-task.ts';

const staffing = (reason: GateReason, more: Partial<StaffMember> = {}, count = 3) => ({
  staff: { id: 'otis', active: true, roles: ['CASE_MANAGER'], ...more } as StaffMember,
  gate: { isOpen: reason === 'QUALIFIED' || reason === 'TRAINEE', reason },
  loads: count > 0 ? [{ tier: 'LOW' as const, status: 'OPEN_ACTIVE', modifiers: 0, count }] : [],
  limits: { points: 40, heads: 45, fte: 1 },
});
const held = (expiresOn: string, graceDays: number, status = 'VERIFIED') =>
  ({ credential: { status, expiresOn }, type: { qualifies: true, graceDays } }) as Held;

describe('the task to find another case manager', () => {
  it.each([
    ['CREDENTIAL_EXPIRED', staffing('CREDENTIAL_EXPIRED')],
    ['CREDENTIAL_WITHDRAWN', staffing('CREDENTIAL_WITHDRAWN')],
    ['NO_SUPERVISOR', staffing('NO_SUPERVISOR')],
    ['LEFT', staffing('QUALIFIED', { active: false })],
    ['LEFT', staffing('QUALIFIED', { roles: ['PEER_SPECIALIST'] })],
  ])('is there for the reason %s, with what would end it', (reason, one) => {
    expect(taskOf(one, [])).toMatchObject({ reason, openCases: 3 });
    expect(taskOf(one, [])?.remedy).toMatch(/\w/);
  });

  it.each([
    ['a verified credential', staffing('QUALIFIED')],
    ['a supervisor of a trainee', staffing('TRAINEE')],
    ['no case', staffing('CREDENTIAL_EXPIRED', {}, 0)],
  ])('is not there with %s', (_what, one) => {
    expect(taskOf(one, [])).toBeNull();
  });

  it('says since when: the day after the last grace', () => {
    const expired = [held('2026-01-31', 30), held('2026-03-15', 0), held('2099-01-01', 0, 'REVOKED')];
    expect(taskOf(staffing('CREDENTIAL_EXPIRED'), expired)?.since).toBe('2026-03-16');
  });
});
