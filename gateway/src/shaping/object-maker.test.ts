import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { NotCovered } from './not-covered.ts';
import { objectMaker } from './object-maker.ts';

const as = (value: unknown): unknown => value;

describe('an object maker', () => {
  it('makes the fields in their order, from those of the same names', () => {
    const make = objectMaker([
      { name: 'b', make: (value) => [value] },
      { name: 'class', make: as },
      { name: '_a1', make: (value) => value ?? null },
    ]);
    const made = make({ _a1: undefined, class: 'x', b: 1, more: true });
    expect(JSON.stringify(made)).toBe('{"b":[1],"class":"x","_a1":null}');
    expect(make({ b: 2 })).not.toBe(made);
  });

  it.each(['__proto__', 'a b', 'a;process.exit()', '', '1a', 'é'])('makes no field %p', (name) => {
    expect(() => objectMaker([{ name, make: as }])).toThrow(NotCovered);
  });

  it('is not used where node forbids to make code of texts', () => {
    const program = `
      import { installShaping } from ${JSON.stringify(join(import.meta.dirname, 'install.ts'))};
      process.stdout.write(installShaping().reason);`;
    const reasonWith = (...flags: string[]): string =>
      execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
        encoding: 'utf8',
      });
    expect(reasonWith()).toContain('2.14.4');
    expect(reasonWith('--disallow-code-generation-from-strings')).toBe(
      'this process may not make code of texts',
    );
  });
});
