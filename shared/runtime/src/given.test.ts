import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseUrl, readConfig } from './config.ts';

const schema = z.object({ SECRET: z.string().min(4), DATABASE_URL: databaseUrl });
const address = 'postgres://clients_app@db:5432/clients';

const folder = mkdtempSync(join(tmpdir(), 'given-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const file = join(folder, `${content.length}-${Math.abs(content.charCodeAt(0))}`);
  writeFileSync(file, content);
  return file;
}

describe('a setting of a program', () => {
  it('may stand in a file, whose last line end does not count', () => {
    const env = { SECRET_FILE: fileWith('long enough\n'), DATABASE_URL: address };
    expect(readConfig(schema, env)).toMatchObject({ SECRET: 'long enough' });
  });

  it.each(['a/b+c==', 'x$y', 'p@ss:w#rd?', 'smörgås 密'])('takes the password %s as it is', (password) => {
    const { DATABASE_URL } = readConfig(schema, {
      ...{ SECRET: 'long enough', DATABASE_URL: address, DATABASE_PASSWORD_FILE: fileWith(password) },
      NODE_ENV: 'production',
    });
    expect(decodeURIComponent(new URL(DATABASE_URL).password)).toBe(password);
    expect(new URL(DATABASE_URL).host).toBe('db:5432');
  });

  it('is refused when it is given twice, in an empty file, or in a file that is not there', () => {
    const twice = { SECRET: 'long enough', SECRET_FILE: fileWith('other') };
    const both = { DATABASE_URL: 'postgres://a:b@db/clients', DATABASE_PASSWORD: 'c' };
    const missing = { DATABASE_URL: address, DATABASE_PASSWORD_FILE: join(folder, 'nothing') };
    const faults: [object, RegExp][] = [
      [{ ...twice, DATABASE_URL: address }, /SECRET: is set twice, also by SECRET_FILE/],
      [
        { DATABASE_URL: address, SECRET_FILE: fileWith('\n') },
        /SECRET_FILE: the file .* is empty[^]*SECRET: /,
      ],
      [{ SECRET: 'long enough', ...both }, /DATABASE_PASSWORD: DATABASE_URL has a password already/],
      [
        { SECRET: 'long enough', ...missing },
        /DATABASE_PASSWORD_FILE: the file .* cannot be read \(ENOENT\)/,
      ],
    ];
    for (const [env, sentence] of faults)
      expect(() => readConfig(schema, env as Record<string, string>)).toThrow(sentence);
  });
});
