import { placesOf, rememberRoot } from './entity-places.ts';

const path = ['client', 'timeline', '@', 'subject'];
const subjects = [
  { subject: { __typename: 'Screening', id: 'a', band: 'MILD' } },
  { subject: null },
  { subject: { __typename: 'Referral', id: 'b' } },
  { subject: { __typename: 'Screening', id: 'b' } },
  { subject: { __typename: 'Referral', id: 'c', of: { id: 'd', more: 1 } } },
];

function afterRoot(): object {
  const request = {};
  rememberRoot(request, { client: { timeline: subjects } });
  return request;
}

describe('the place of an entity', () => {
  it('is counted among all objects at the path, of whatever type, without those that are null', () => {
    const referrals = ['b', 'c'].map((id) => ({ __typename: 'Referral', id }));
    expect(placesOf(afterRoot(), path, referrals)).toEqual([1, 3]);
  });

  it('is found by what else is needed of it', () => {
    expect(placesOf(afterRoot(), path, [{ __typename: 'Referral', of: { id: 'd' } }])).toEqual([3]);
  });

  it('is found again in what was merged into the answer since', () => {
    const request = {};
    const client: Record<string, unknown> = { __typename: 'Client', id: 'x' };
    rememberRoot(request, { client });
    rememberRoot(request, { client: { late: true }, other: [] });
    client.timeline = subjects;
    expect(placesOf(request, path, [{ __typename: 'Referral', id: 'b' }])).toEqual([1]);
  });

  it.each([
    ['that is not there', [{ __typename: 'Referral', id: 'z' }]],
    ['of another request', null],
  ])('of one %s is not known', (_case, representations) => {
    const request = representations ? afterRoot() : {};
    expect(placesOf(request, path, representations ?? [{ __typename: 'Referral', id: 'b' }])).toBeNull();
  });
});
