import { clientAgeGroupChanged, type Fact } from '@throughline/events';
import {
  ageGroupOn,
  nextAgeGroup,
  startOfDay,
  today,
  type AgeGroup,
  type Moment,
} from '@throughline/privacy';
import { birthdayOf, type Age, type AgeBand, type Client } from './client.ts';

const groupOfBand: Record<AgeBand, AgeGroup> = {
  AGE_0_12: 'AGE_0_12',
  AGE_13_17: 'AGE_13_17',
  AGE_18_24: 'AGE_18_64',
  AGE_25_34: 'AGE_18_64',
  AGE_35_44: 'AGE_18_64',
  AGE_45_54: 'AGE_18_64',
  AGE_55_64: 'AGE_18_64',
  AGE_65_PLUS: 'AGE_65_PLUS',
};

/** The age group today, in the time zone of the program; from the stated band when the date of birth is not known. */
export function ageGroupOf(age: Age, at: Moment): AgeGroup | null {
  const birthday = birthdayOf(age);
  if (birthday) return ageGroupOn(birthday, today(at));
  return age.statedAgeBand && groupOfBand[age.statedAgeBand];
}

/** The next age group, and the first moment of the birthday on which it begins; null when none follows. */
export function nextAgeGroupOf(age: Age, at: Moment): { ageGroup: AgeGroup; begins: Date } | null {
  const birthday = birthdayOf(age);
  const next = birthday ? nextAgeGroup(birthday, today(at)) : null;
  return next && { ageGroup: next.ageGroup, begins: startOfDay(next.from, at.timeZone) };
}

/** The fact about the age for other services. RECORD: earlier facts about the age no longer count. */
export function ageGroupFact(
  client: Age & Pick<Client, 'id'>,
  reason: 'BIRTHDAY' | 'RECORD',
  at: Moment,
): Fact {
  const { id: clientId } = client;
  return clientAgeGroupChanged.of(clientId, at.now, { clientId, ageGroup: ageGroupOf(client, at), reason });
}

/** Whether a change of the record changes what is known of the age. */
export function agesDiffer(before: Age, after: Age): boolean {
  return birthdayOf(before) !== birthdayOf(after) || before.statedAgeBand !== after.statedAgeBand;
}
