import { turnOf, type Absence } from './absence.ts';

const lasting: Absence = { id: 'a', staffId: 'maria', coverId: 'jonah', beganAt: new Date(0), endedAt: null };

describe('an absence', () => {
  it.each([
    ['begins', null, { away: true, coverId: 'jonah' }, { ends: false, begins: true }],
    [
      'goes on when the record says the same',
      lasting,
      { away: true, coverId: 'jonah' },
      { ends: false, begins: false },
    ],
    [
      'begins again with another cover',
      lasting,
      { away: true, coverId: 'otto' },
      { ends: true, begins: true },
    ],
    [
      'goes on without a cover as another one',
      lasting,
      { away: true, coverId: null },
      { ends: true, begins: true },
    ],
    ['ends', lasting, { away: false, coverId: null }, { ends: true, begins: false }],
    ['is none for who is there', null, { away: false, coverId: null }, { ends: false, begins: false }],
  ])('%s', (_what, known, standing, turn) => {
    expect(turnOf(known, standing)).toEqual(turn);
  });
});
