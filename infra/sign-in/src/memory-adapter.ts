import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Stored {
  payload: AdapterPayload;
  expiresAt: number;
}

const SWEEP_ABOVE = 1_000;

/** Sessions and codes live in memory: a restart signs everyone out, access tokens stay valid. */
export function memoryAdapter(now: () => number = Date.now): AdapterFactory {
  const store = new Map<string, Stored>();

  const live = (key: string): AdapterPayload | undefined => {
    const stored = store.get(key);
    return stored && stored.expiresAt > now() ? stored.payload : undefined;
  };
  const sweep = (): void => {
    if (store.size < SWEEP_ABOVE) return;
    for (const [key, { expiresAt }] of store) if (expiresAt <= now()) store.delete(key);
  };
  const findBy = (
    model: string,
    matches: (payload: AdapterPayload) => boolean,
  ): AdapterPayload | undefined => {
    for (const key of store.keys()) {
      const payload = key.startsWith(`${model}:`) ? live(key) : undefined;
      if (payload && matches(payload)) return payload;
    }
    return undefined;
  };

  return (model): Adapter => ({
    upsert(id, payload, expiresIn) {
      sweep();
      const expiresAt = expiresIn ? now() + expiresIn * 1000 : Infinity;
      store.set(`${model}:${id}`, { payload, expiresAt });
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(live(`${model}:${id}`)),
    findByUid: (uid) => Promise.resolve(findBy(model, (payload) => payload.uid === uid)),
    findByUserCode: (code) => Promise.resolve(findBy(model, (payload) => payload.userCode === code)),
    consume(id) {
      const payload = live(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(now() / 1000);
      return Promise.resolve();
    },
    destroy(id) {
      store.delete(`${model}:${id}`);
      return Promise.resolve();
    },
    revokeByGrantId(grantId) {
      for (const [key, { payload }] of store) if (payload.grantId === grantId) store.delete(key);
      return Promise.resolve();
    },
  });
}
