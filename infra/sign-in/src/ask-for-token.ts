import { z } from 'zod';

const answer = z.object({ access_token: z.string().optional(), error_description: z.string().optional() });

/** A token from a sign-in that is already running; what goes wrong is an Error of one sentence. */
export async function askForToken(signInUrl: string, person: string): Promise<string> {
  const response = await fetch(new URL('/demonstration/token', signInUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
    signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
  if (!response)
    throw new Error(`No sign-in answers at ${signInUrl}: start the system first with npm start.`);

  const parsed = answer.safeParse(await response.json().catch(() => null));
  if (parsed.data?.access_token !== undefined) return parsed.data.access_token;
  throw new Error(
    parsed.data?.error_description ?? `What answers at ${signInUrl} is not Throughline's local sign-in.`,
  );
}
