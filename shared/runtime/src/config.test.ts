import { z } from 'zod';
import { InvalidConfig, readConfig } from './config.ts';

const schema = z.object({ PORT: z.coerce.number().int().default(4001), SECRET: z.string().min(4) });

describe('readConfig', () => {
  it('coerces and defaults', () => {
    expect(readConfig(schema, { SECRET: 'long enough', PORT: '' })).toEqual({
      PORT: 4001,
      SECRET: 'long enough',
    });
  });

  it('names every fault at once', () => {
    expect(() => readConfig(schema, { PORT: 'many' })).toThrow(InvalidConfig);
    expect(() => readConfig(schema, { PORT: 'many' })).toThrow(/PORT[\s\S]*SECRET/);
  });
});
