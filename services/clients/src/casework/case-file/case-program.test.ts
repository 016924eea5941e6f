import { programCode } from './case-program.ts';

it.each([
  ['Assertive community treatment', 'ASSERTIVE_COMMUNITY_TREATMENT'],
  ['Día a día, 2nd floor', 'DIA_A_DIA_2ND_FLOOR'],
  ['***', null],
  ['x'.repeat(100), 'X'.repeat(64)],
])('the program %s has the code %s', (name, code) => {
  expect(programCode(name)).toBe(code);
});
