import { addDays } from '@throughline/privacy';
import type { ClientPlan, NotePlan } from './plan.ts';
import { turn } from './seeded.ts';

const told = [
  {
    kind: 'CONTACT',
    narrative: 'Came on time, slept better this week. We looked at the bus times together.',
  },
  {
    kind: 'CASE_MANAGEMENT',
    narrative: 'Called the landlord: the room is free from Monday, papers are missing.',
  },
  { kind: 'COLLATERAL', narrative: 'Spoke with the sister, who can help with the children on Thursdays.' },
];

/**
 * Notes of clients whose case has taken no step yet, of every fourth a draft, too. What a trainee signs waits for the
 * supervisor. A case that was closed has none, because a draft would have held it up.
 */
export function withNotes(clients: readonly ClientPlan[], today: string): ClientPlan[] {
  let number = 0;
  return clients.map((client) => {
    if (client.casework.steps.length > 0) return client;
    number += 1;
    const draft = number % 4 === 1 ? [note(number + 1, today, false)] : [];
    return { ...client, notes: [note(number, today, true), ...draft] };
  });
}

function note(number: number, today: string, signed: boolean): NotePlan {
  return {
    signed,
    draft: {
      ...turn(told, number),
      occurredOn: addDays(today, -1),
      withoutGoal: 'The first talks: goals come later',
    },
  };
}
