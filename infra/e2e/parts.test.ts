import { join } from 'node:path';
import { enforceParts } from '@throughline/care';
import { readServiceSdl } from '@throughline/service/sdl';
import { buildASTSchema, parse } from 'graphql';

const services = ['clients', 'treatment', 'referrals', 'notifications'] as const;
const sdlOf = (service: string): string =>
  readServiceSdl(service, join(import.meta.dirname, '../../services', service, 'src'));

function start(sdl: string): void {
  const document = parse(sdl);
  enforceParts(buildASTSchema(document, { assumeValidSDL: true }), document);
}

/** Parts of fields and of values; what says nothing of a client, or is released to partners, needs none. */
const said = /@part\(of: "(?!NO_CLIENT|RELEASE)\w+"\)/g;

describe.each(services)('the SDL of %s', (service) => {
  const sdl = sdlOf(service);
  const places = [...sdl.matchAll(said)].map(({ 0: part, index }) => ({ part, index }));

  it('says of each field about a client, and of each value in a record, which part of the record it is', () => {
    expect(() => {
      start(sdl);
    }).not.toThrow();
    expect(places.length).toBeGreaterThan(0);
  });

  it('would not start without one of them', () => {
    // One of eleven: all of them would take a minute.
    for (const { part, index } of places.filter((_place, number) => number % 11 === 0)) {
      const without = sdl.slice(0, index) + sdl.slice(index + part.length);
      const line = sdl.slice(sdl.lastIndexOf('\n', index), sdl.indexOf('\n', index)).trim();
      expect([line, startFaultOf(without)]).toEqual([line, expect.stringContaining('@part') as string]);
    }
  });
});

function startFaultOf(sdl: string): string {
  try {
    start(sdl);
    return 'started';
  } catch (error) {
    return (error as Error).message;
  }
}
