import { isProblem } from '@throughline/graphql/problems';
import {
  allowedCommands,
  change,
  newCrisis,
  openStates,
  transitions,
  type CrisisAlert,
  type CrisisCommand,
  type CrisisState,
} from './crisis-alert.ts';

const now = new Date('2026-11-21T08:00:00Z');
const id = (n: number) => `0199a000-0000-7000-8000-00000000000${String(n)}`;
const opening = {
  ...{ clientId: id(1), level: 2 as const, cause: 'SUICIDE_RISK' as const },
  ...{ screeningId: null, openedBy: id(2), note: null },
};
const { alert } = newCrisis(opening, now);
const commands = Object.keys(transitions) as CrisisCommand[];
const states: CrisisState[] = [...openStates, 'STABILISED', 'HANDED_OFF', 'REVIEWED'];
const inState = (state: CrisisState): CrisisAlert => ({ ...alert, state });

describe('a crisis', () => {
  it.each(states.flatMap((state) => commands.map((command) => [state, command] as const)))(
    'in %s takes %s as the table says',
    (state, command) => {
      const from: readonly CrisisState[] = transitions[command].from;
      const changed = change(inState(state), command, { by: id(3), now });
      expect(isProblem(changed)).toBe(!from.includes(state));
      if (isProblem(changed)) return;
      expect(changed.alert.state).toBe(transitions[command].to);
      expect(changed.step).toMatchObject({ from: state, to: changed.alert.state, by: id(3) });
    },
  );

  it.each([
    [1, 'SUICIDE_RISK', 1, '2026-11-21T08:05:00.000Z'],
    [2, 'PSYCHOSIS', 2, '2026-11-21T08:30:00.000Z'],
    [3, 'OTHER', 3, undefined],
    [3, 'OVERDOSE', 1, '2026-11-21T08:05:00.000Z'],
    [2, 'THREAT_TO_OTHERS', 1, '2026-11-21T08:05:00.000Z'],
  ] as const)('of level %i for %s is of level %i, to acknowledge by %s', (asked, cause, level, by) => {
    const made = newCrisis({ ...opening, level: asked, cause }, now).alert;
    expect([made.level, made.acknowledgeBy?.toISOString()]).toEqual([level, by]);
  });

  it('is over when the client is stable or handed off, and after the review of one who was not found', () => {
    const facts = (from: CrisisState, command: CrisisCommand) => {
      const changed = change(inState(from), command, { by: id(3), now });
      return isProblem(changed) ? [] : changed.facts.map(({ type }) => type);
    };
    expect(facts('IN_RESPONSE', 'stabilise')).toEqual(['CrisisResolved']);
    expect(facts('IN_RESPONSE', 'handOff')).toEqual(['CrisisResolved']);
    expect(facts('IN_RESPONSE', 'reportNotLocated')).toEqual(['CrisisClientNotLocated']);
    expect(facts('CLIENT_NOT_LOCATED', 'review')).toEqual(['CrisisResolved', 'CrisisReviewed']);
    expect(facts('OPEN', 'acknowledge')).toEqual(['CrisisAcknowledged']);
  });

  it('is reviewed by a supervisor who did not respond', () => {
    const stable = { ...inState('STABILISED'), respondedBy: id(3) };
    expect(change(stable, 'review', { by: id(3), now })).toMatchObject({ kind: 'Forbidden' });
    expect(isProblem(change(stable, 'review', { by: id(4), now }))).toBe(false);
    expect(allowedCommands(stable, ['CASE_MANAGER'])).toEqual([]);
    expect(allowedCommands(stable, ['SUPERVISOR'])).toEqual(['review']);
  });
});
