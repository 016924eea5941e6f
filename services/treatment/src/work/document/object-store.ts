import { AwsClient } from 'aws4fetch';

/** Keeps encrypted content by name. */
export interface ObjectStore {
  put(name: string, content: Buffer): Promise<void>;
  get(name: string): Promise<Buffer>;
  /** A name that is not there is no fault. */
  remove(name: string): Promise<void>;
}

export interface ObjectStoreSettings {
  /** Address of the bucket, with the bucket as its path or its host; objects stand below it. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** For one request; the library tries twice again after an answer of 5xx or 429. */
const requestMs = 15_000;

/** A store that speaks the protocol of S3: PUT, GET and DELETE of an object, signed with version 4. */
export function objectStore({ url, ...account }: ObjectStoreSettings): ObjectStore {
  const client = new AwsClient({ ...account, service: 's3', retries: 2 });
  const ask = async (method: string, name: string, body?: Buffer): Promise<Response> => {
    const signal = AbortSignal.timeout(requestMs);
    const sent = body && { body: new Uint8Array(body) };
    const answer = await client
      .fetch(`${url.replace(/\/$/, '')}/${name}`, { method, signal, ...sent })
      .catch((cause: unknown) => {
        throw new Error('the object store cannot be reached', { cause });
      });
    if (answer.ok || (method === 'DELETE' && answer.status === 404)) return answer;
    await answer.body?.cancel();
    throw new Error(`the object store answered ${String(answer.status)} to ${method}`);
  };
  return {
    put: async (name, content) => {
      await (await ask('PUT', name, content)).body?.cancel();
    },
    get: async (name) => Buffer.from(await (await ask('GET', name)).arrayBuffer()),
    remove: async (name) => {
      await (await ask('DELETE', name)).body?.cancel();
    },
  };
}
