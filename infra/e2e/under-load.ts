/** Asks once, and answers how to judge what came by the codes that its errors may have; that says how many there are. */
export type Caller = () => Promise<(codes: readonly string[]) => number>;

export interface Blow {
  /** What happens to a service; resolves when it has happened. */
  strike: () => Promise<void> | void;
  /** Codes of errors in answers that were on their way at that moment. */
  codes: readonly string[];
}

/**
 * Each caller asks again as soon as it has an answer. When all callers have one answer, the fault is caused under this
 * load. Earlier answers must be complete; each caller has one more request, which was on its way.
 */
export async function strikeUnderLoad(callers: readonly Caller[], { strike, codes }: Blow): Promise<void> {
  let fallen = false;
  const codesNow = () => (fallen ? codes : []);
  const load = callers.map((call) => {
    const first = call();
    const rest = first.then(async (judge) => {
      let errors = judge([]);
      while (!fallen) errors = (await call())(codesNow());
      return errors;
    });
    return { first, rest };
  });
  const ended = Promise.all(load.map(({ rest }) => rest));
  try {
    await Promise.race([Promise.all(load.map(({ first }) => first)), ended]);
  } finally {
    fallen = true;
  }
  const [errors] = await Promise.all([ended, strike()]);
  // Otherwise it would have hit nobody.
  expect(Math.max(...errors)).toBeGreaterThan(0);
}
