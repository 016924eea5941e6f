import { randomBytes, randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import fc from 'fast-check';
import { linkAt, linkMinutes, pathOf, type Link } from './document-link.ts';
import {
  addDocument,
  classes,
  commandsFor,
  documentClasses,
  documentFaults,
  openClasses,
  storeDocument,
  withdrawDocument,
} from './document.ts';

const now = new Date('2026-11-23T12:00:00Z');
const [key, other] = [0, 1].map((n) => ({ id: `key-${String(n)}`, key: randomBytes(32) }));
if (!key || !other) throw new Error('no keys');
const link: Link = {
  ...{ documentId: randomUUID(), act: 'GET', staffId: randomUUID(), roles: ['CASE_MANAGER'] },
  until: new Date(now.getTime() + linkMinutes * 60_000),
};

describe('a link to a document', () => {
  const path = pathOf([key], link);

  it('is read until it is over, also after a newer key came', () => {
    expect(linkAt([other, key], path, now)).toEqual(link);
    expect(linkAt([key], path, link.until)).toEqual(link);
    expect(linkAt([key], path, new Date(link.until.getTime() + 1))).toBeNull();
    expect(linkAt([other], path, now)).toBeNull();
  });

  it('is none of ours when one letter of it was changed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: path.length - 1 }),
        fc.constantFrom(...['A', 'z', '0', '9', '-', '_', '.', '/']),
        (at, letter) => {
          const changed = `${path.slice(0, at)}${letter}${path.slice(at + 1)}`;
          // The last letter of a signature has bits that say nothing.
          if (changed === path || at === path.length - 1) return;
          expect(linkAt([key], changed, now)).toBeNull();
        },
      ),
    );
  });
});

describe('a document', () => {
  const draft = { class: 'COURT_PAPER', title: 'Hearing', media: 'PDF', bytes: 10 } as const;

  it('has the labels of its class, and more when they are given', () => {
    const added = addDocument(randomUUID(), { ...draft, labels: ['SUD'] }, { id: randomUUID(), now });
    expect(added.insert.labels).toEqual(['JUSTICE', 'SUD']);
  });

  it.each([
    [{ bytes: 0 }, ['bytes']],
    [{ bytes: 101 }, ['bytes']],
    [{ labels: ['PSYTHER_NOTE'] as const }, ['labels.0']],
    [{}, []],
  ])('%j has faults at %j', (change, paths) => {
    expect(documentFaults({ ...draft, ...change }, 100).map(({ path }) => path)).toEqual(paths);
  });

  it('gets its content once, and only while it is open', () => {
    const { insert } = addDocument(randomUUID(), draft, { id: randomUUID(), now });
    const content = { sha256: 'f'.repeat(64), objectId: null };
    const stored = storeDocument(insert, content, now);
    if (isProblem(stored) || !stored.update) throw new Error('not stored');
    expect(stored.facts?.map(({ type }) => type)).toEqual(['DocumentAdded']);
    expect(storeDocument(stored.update, content, now)).toMatchObject({ from: 'STORED' });
    const withdrawn = { ...insert, withdrawnAt: now, withdrawnBy: randomUUID() };
    expect(storeDocument(withdrawn, content, now)).toMatchObject({ from: 'WITHDRAWN' });
    expect([insert, withdrawn].map(commandsFor)).toEqual([['withdrawDocument'], []]);
  });

  it('is withdrawn once', () => {
    const added = addDocument(randomUUID(), draft, { id: randomUUID(), now });
    const by = { id: randomUUID(), now };
    const withdrawn = withdrawDocument(added.insert, 'Of somebody else', by);
    if (isProblem(withdrawn) || !withdrawn.update) throw new Error('not withdrawn');
    expect(withdrawDocument(withdrawn.update, 'x', by)).toMatchObject({ from: 'WITHDRAWN' });
  });

  it('is open to who reads the part of its class', () => {
    expect(openClasses(new Set(['SOCIAL']))).toEqual(['INSURANCE', 'BENEFIT_LETTER', 'HOUSING_PAPER']);
    expect(openClasses(new Set(documentClasses.map((one) => classes[one].part)))).toEqual(documentClasses);
  });
});
