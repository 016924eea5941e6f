import { planCare, planEpisode, planScreenings } from './care.ts';
import { planClinical } from './clinical.ts';
import { withCasework } from './casework.ts';
import { withNotes } from './notes.ts';
import { withDocuments } from './documents.ts';
import { planDirectory } from './directory.ts';
import { planSupport } from './environment.ts';
import { namesFor, planPerson, type Person } from './person.ts';
import type { ClientPlan, DemonstrationPlan, DirectoryPlan, StaffPlan } from './plan.ts';
import { profiles, type Profile } from './profiles.ts';
import { planConsents, planReferrals, planRevokedConsent, type Turns } from './referrals.ts';
import { known, seeded, turn, type Seeded } from './seeded.ts';
import { caseManagersOf, planStaff } from './staff.ts';

const clientCount = 200;
/** Maria signs in first, so she has the longest list. */
const firstCaseload = 25;

interface Making {
  directory: DirectoryPlan;
  today: string;
  chance: Seeded;
  turns: Turns & { episodes: number; screenings: number; plans: number };
}

/** Everything that is demonstrated. The same seed and day give the same, down to the last letter. */
export function generate({ seed, today }: { seed: string; today: string }): DemonstrationPlan {
  const chance = seeded(`${seed}/clients`);
  const staff = planStaff(seed);
  const directory = planDirectory(seed, today);
  const names = namesFor(clientCount, chance);
  const turns = { fixed: 0, other: 0, episodes: 0, screenings: 0, plans: 0 };
  const clients = caseloads(staff, chance).map((caseManagerId, index) => {
    const profile = turn(profiles, index);
    const legalName = known(names[index]);
    const person = planPerson({ profile, legalName, index, today }, chance);
    return planClient({ index, caseManagerId, profile, person }, { directory, today, chance, turns });
  });
  const worked = withNotes(withCasework(withHouseholds(clients), today), today);
  return {
    seed,
    today,
    staff,
    directory,
    clients: withDocuments(worked, known(caseManagersOf(staff)[0]).id),
  };
}

/** Every ninth client lives with the client before, of the same case manager. */
function withHouseholds(clients: readonly ClientPlan[]): ClientPlan[] {
  const before = new Map<string, string>();
  return clients.map((client, index) => {
    const other = before.get(client.caseManagerId) ?? null;
    const joins = index % 9 === 4 && other !== null;
    // Who was joined is not joined again, and who joined is not either.
    if (joins) before.delete(client.caseManagerId);
    else before.set(client.caseManagerId, client.key);
    return { ...client, livesWith: joins ? other : null };
  });
}

/** Who leads the case of each client, mixed. */
function caseloads(staff: readonly StaffPlan[], chance: Seeded): string[] {
  const [first, ...others] = caseManagersOf(staff).map(({ id }) => id);
  const places = Array.from({ length: clientCount }, (_, index) =>
    index < firstCaseload ? known(first) : turn(others, index),
  );
  return chance.shuffled(places);
}

interface Made {
  index: number;
  caseManagerId: string;
  profile: Profile;
  person: Person;
}

function planClient({ index, caseManagerId, profile, person }: Made, making: Making): ClientPlan {
  const key = `client-${String(index + 1).padStart(3, '0')}`;
  const referred = { key, ...person };
  const referrals = planReferrals(referred, making);
  const consents = planConsents(referred, referrals, making);
  if (index % 17 === 5) consents.push(planRevokedConsent(referred, making, index));
  const support = planSupport(profile, index);
  const around = { support, livesWith: null };
  return {
    key,
    caseManagerId,
    ...person,
    ...around,
    ...treatmentOf(profile, person, making),
    consents,
    referrals,
    casework: { openedOn: making.today, contacts: [], steps: [] },
    notes: [],
    documents: [],
  };
}

function treatmentOf(
  profile: Profile,
  { age, registration }: Person,
  { today, chance, turns }: Making,
): Pick<ClientPlan, 'episode' | 'screenings' | 'clinical' | 'carePlan'> {
  const { needs, preferredLanguage } = registration;
  const screened = age >= 18 && chance.chance(0.75);
  const planned = chance.chance(0.6);
  const number = turns.episodes;
  return {
    episode: profile.episode && planEpisode(profile.episode, turns.episodes++, today),
    clinical: profile.episode ? planClinical(profile.episode, number, today) : null,
    screenings: screened ? planScreenings(turns.screenings++, preferredLanguage, chance) : [],
    carePlan: planned ? planCare(needs, turns.plans++, today) : null,
  };
}
