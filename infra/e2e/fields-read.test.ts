import { allEvents, safetyFlagRaised, type EventDefinition } from '@throughline/events';
import { readersOfFacts, unreadFields } from './fields-read.ts';

/** Fields that no program reads, and why they are in a fact all the same. */
const exceptions: Record<string, string> = {
  'ClientUpdated.changedFields':
    'An operator who compares a copy with its owner sees which part changed; names of fields and never values.',
  'ClientUpdated.version':
    'An operator sees which change of the record a copy misses; a count and nothing else.',
};

describe('a fact', () => {
  it('has only fields that a consumer reads', () => {
    expect(unreadFields(allEvents)).toEqual(Object.keys(exceptions).sort());
  });

  it('with a code that nobody reads is found, in a handler that names its fields and in one that passes all on', () => {
    const withCode = (fact: unknown): EventDefinition => ({
      ...(fact as EventDefinition),
      open: (fact as EventDefinition).open.extend({ flagCode: safetyFlagRaised.open.shape.clientId }),
    });
    expect(unreadFields(allEvents.map(withCode)).filter((field) => field.endsWith('.flagCode'))).toHaveLength(
      allEvents.length,
    );
    expect(unreadFields([withCode(safetyFlagRaised)])).toEqual(['SafetyFlagRaised.flagCode']);
  });

  it('has consumers in all four services and in the copy of care', () => {
    const heard = new Set(readersOfFacts().flatMap(({ facts }) => facts));
    expect([...heard]).toEqual(
      expect.arrayContaining([
        'StaffRecorded',
        'ReferralSent',
        'DisclosureMade',
        'SafetyFlagRaised',
        'CaseClosed',
      ]),
    );
  });
});
