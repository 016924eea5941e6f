import { clientDescribed, type Fact } from '@throughline/events';

/** Parts of the record by which measures are broken down. */
interface Described {
  id: string;
  preferredLanguage: string | null;
  populations: string[];
  sex: string | null;
  race: string[];
  ethnicity: string | null;
}

/** Names of these parts. Source: infra/reference/domain.md 5.2. */
export const strataFields: readonly string[] = [
  'preferredLanguage',
  'populations',
  'sex',
  'race',
  'ethnicity',
] satisfies (keyof Described)[];

/** What measures are broken down by, for the service that counts them. Source: infra/reference/domain.md 5.2. */
export function strataFact(client: Described, now: Date): Fact {
  const { id: clientId, preferredLanguage: language, populations, sex, race: races } = client;
  const { ethnicity: ethnicGroup } = client;
  return clientDescribed.of(clientId, now, { clientId, language, populations, sex, races, ethnicGroup });
}
