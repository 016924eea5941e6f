import { blockedPorts, httpPort, webAddress } from './port.ts';

/** Answers nothing useful: a request that arrives here was not refused for its port. */
const dispatcher = {
  dispatch(): never {
    throw new Error('dispatched');
  },
};

async function isRefusedByFetch(port: number): Promise<boolean> {
  const init = { dispatcher } as unknown as RequestInit;
  const cause = await fetch(`http://localhost:${port}/`, init).then(
    () => null,
    (error: unknown) => (error as Error).cause as Error,
  );
  return cause?.message === 'bad port';
}

describe('a port for HTTP', () => {
  it('is refused exactly where fetch refuses it', async () => {
    const refused: number[] = [];
    for (let port = 1; port <= 11_000; port += 1) if (await isRefusedByFetch(port)) refused.push(port);
    expect([...blockedPorts]).toEqual(refused);
  });

  it.each([0, 4000, 65_535, '4000'])('may be %p', (port) => {
    expect(httpPort.parse(port)).toBe(Number(port));
  });

  it.each([6000, '6000', -1, 65_536, 'many', 40.5])('may not be %p', (port) => {
    expect(httpPort.safeParse(port).success).toBe(false);
  });

  it('is told in a sentence that names another one', () => {
    expect(httpPort.safeParse(6000).error?.issues.map(({ message }) => message)).toEqual([
      'browsers and fetch refuse port 6000: choose another one, for example 16000',
    ]);
  });

  it.each(['http://localhost:6000', 'ftp://localhost', 'localhost:4200'])(
    'cannot be reached as %s',
    (address) => {
      expect(webAddress.safeParse(address).success).toBe(false);
    },
  );
});
