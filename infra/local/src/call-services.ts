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

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

/** Signs each request as the gateway does. */
export function callServices(urlOf: (service: ServiceName) => string, key: SigningKey): Call {
  return async <Data>(
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
}
