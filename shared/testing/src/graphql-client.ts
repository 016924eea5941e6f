export interface GraphQLFault {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string } & Record<string, unknown>;
}

export interface GraphQLAnswer<Data> {
  status: number;
  data: Data | null;
  errors: GraphQLFault[];
}

/** Sends one operation. `Data` is what the test expects; nothing checks it. */
export type GraphQLClient = <Data = Record<string, unknown>>(
  query: string,
  variables?: Record<string, unknown>,
) => Promise<GraphQLAnswer<Data>>;

/** Talks to a GraphQL server over HTTP as one person, or as nobody when there is no token. */
export function graphqlClient(url: string, token?: string): GraphQLClient {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };

  return async <Data>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const body = parse<Data>(await response.text());
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  };
}

function parse<Data>(text: string): Partial<GraphQLAnswer<Data>> {
  try {
    return JSON.parse(text) as Partial<GraphQLAnswer<Data>>;
  } catch {
    return { errors: [{ message: text }] };
  }
}
