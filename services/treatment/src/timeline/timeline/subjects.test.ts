import { allEvents } from '@throughline/events';
import { outsideTimeline, timelineFacts } from './subjects.ts';

describe('the timeline', () => {
  it('knows every fact that names a client, once', () => {
    const named = allEvents.filter(({ open }) => 'clientId' in open.shape).map(({ type }) => type);
    const told = timelineFacts.map(({ definition }) => definition.type);
    expect([...told, ...Object.keys(outsideTimeline)].sort()).toEqual(named.sort());
  });

  it.each(timelineFacts.map((fact) => [fact.definition.type, fact] as const))(
    'finds what %s is about',
    (_type, { definition, idField }) => {
      expect(Object.keys(definition.open.shape)).toContain(idField);
    },
  );
});
