import { signViewer, type Viewer } from '@throughline/graphql';
import type { SigningKey } from '@throughline/runtime';
import type { ServiceName } from './infrastructure.ts';

/** Sends one operation to one service; throws when the answer is not data. */
export type Call = <Data>(
  service: ServiceName,
  viewer: Viewer,
  query: string,
  variables?: Record<string, unknown>,
) => Promise<Data>;

export interface CallWithFiles extends Call {
  /** Sends a file to the path that a service gave as a link; throws when it does not take the file. */
  put(service: ServiceName, path: string, content: Buffer): Promise<void>;
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

/** Signs each request as the gateway does. */
export function callServices(urlOf: (service: ServiceName) => string, key: SigningKey): CallWithFiles {
  const ask = async <Data>(
    service: ServiceName,
    viewer: Viewer,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> => {
    const body = JSON.stringify({ query, variables });
    const token = signViewer(viewer, { subgraph: service, body }, key);
    const response = await fetch(urlOf(service), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-viewer-token': token },
      body,
    });
    const { data, errors } = (await response.json()) as Answer<Data>;
    if (errors || !data)
      throw new Error(`${service}: ${errors?.[0]?.message ?? `status ${response.status}`}`);
    return data;
  };
  const put: CallWithFiles['put'] = async (service, path, content) => {
    const url = new URL(path, urlOf(service));
    const { status } = await fetch(url, { method: 'PUT', body: new Uint8Array(content) });
    if (status !== 204) throw new Error(`${service}: a file was answered with status ${String(status)}`);
  };
  return Object.assign(ask, { put });
}
