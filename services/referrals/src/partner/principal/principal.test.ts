import { principalId, recordPrincipal, rolesLeft, type PartnerPrincipal } from './principal.ts';

const agencyId = '0193a000-0000-7000-8000-0000000000a1';
const place = { agencyId, subject: 'desk', by: 'AGENCY' as const };
const ofProgram = { ...place, by: 'PROGRAM' as const };
const desk: PartnerPrincipal = {
  ...{ agencyId, subject: 'desk', shutOutByProgram: false, rolesTakenAway: [] },
  ...{ id: principalId(agencyId, 'desk'), name: 'Desk', roles: ['PARTNER_INTAKE'], active: true, version: 3 },
};
const faultsOf = (...given: Parameters<typeof recordPrincipal>): string[] => {
  const decision = recordPrincipal(...given) as { issues?: { path: string; code: string }[] };
  return (decision.issues ?? []).map(({ path, code }) => `${path} ${code}`);
};

describe('the record of a partner principal', () => {
  it('needs a name and a role when it is new', () => {
    expect(faultsOf(null, place, {})).toEqual(['name MISSING', 'roles MISSING']);
    expect(recordPrincipal(null, place, { name: 'Desk', roles: ['PARTNER_INTAKE'] })).toEqual({
      insert: { ...desk, version: 1 },
    });
  });

  it('keeps what is left out', () => {
    expect(recordPrincipal(desk, place, { active: false })).toEqual({ update: { ...desk, active: false } });
    expect(recordPrincipal(desk, place, {})).toEqual({ update: desk });
  });

  it('has no other role than PARTNER_SYSTEM when it is of a system', () => {
    expect(faultsOf(desk, place, { roles: ['PARTNER_SYSTEM', 'PARTNER_ADMIN'] })).toEqual([
      'roles NOT_COMBINABLE',
    ]);
    expect(faultsOf(desk, place, { roles: ['PARTNER_SYSTEM', 'PARTNER_SYSTEM'] })).toEqual([]);
    expect(faultsOf(desk, place, { roles: [] })).toEqual(['roles MISSING']);
  });

  it('stays shut out by the program, whatever the agency records, until the program lets it in', () => {
    const out = { ...desk, active: false, shutOutByProgram: true };
    expect(recordPrincipal(desk, ofProgram, { active: false })).toEqual({ update: out });
    expect(faultsOf(out, place, { active: true })).toEqual(['active NOT_ALLOWED']);
    expect(recordPrincipal(out, place, { name: 'Front desk' })).toEqual({
      update: { ...out, name: 'Front desk' },
    });
    expect(recordPrincipal(out, ofProgram, { active: true })).toEqual({ update: desk });
    const own = { ...desk, active: false };
    expect(recordPrincipal(desk, place, { active: false })).toEqual({ update: own });
    expect(recordPrincipal(own, place, { active: true })).toEqual({ update: desk });
  });

  it('keeps from a role that the program took away', () => {
    const both: PartnerPrincipal = { ...desk, roles: ['PARTNER_INTAKE', 'PARTNER_ADMIN'] };
    const less: PartnerPrincipal = { ...desk, rolesTakenAway: ['PARTNER_ADMIN'] };
    expect(recordPrincipal(both, ofProgram, { roles: ['PARTNER_INTAKE'] })).toEqual({ update: less });
    expect(faultsOf(less, place, { roles: ['PARTNER_INTAKE', 'PARTNER_ADMIN'] })).toEqual([
      'roles NOT_ALLOWED',
    ]);
    expect(recordPrincipal(less, ofProgram, { roles: both.roles })).toEqual({ update: both });
  });

  it('of one agency is not that of another one', () => {
    expect(principalId(agencyId, 'desk')).toBe(principalId(agencyId.toUpperCase(), 'desk'));
    expect(principalId(agencyId, 'desk')).not.toBe(principalId(agencyId.replace('a1', 'a2'), 'desk'));
  });
});

describe('the roles of a partner who asks', () => {
  const held = ['PARTNER_INTAKE', 'PARTNER_ADMIN'] as const;

  it.each<[string, PartnerPrincipal | null, readonly string[]]>([
    ['all without a record', null, held],
    ['those of the record', desk, ['PARTNER_INTAKE']],
    ['none when the record has another one', { ...desk, roles: ['PARTNER_SYSTEM'] }, []],
    ['none when the record is not active', { ...desk, active: false }, []],
  ])('are %s', (_what, principal, expected) => {
    expect(rolesLeft(held, principal)).toEqual(expected);
  });
});
