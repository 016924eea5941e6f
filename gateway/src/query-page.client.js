/* global React, ReactDOM, GraphiQL */
const { signIn, graph } = document.body.dataset;
const bar = document.getElementById('people');
const remembered = `throughline-${graph}-token`;
const rememberedPerson = `throughline-${graph}-person`;

const welcome = {
  staff: `# Choose a person above, then press the play button.
query MyCaseload {
  myCaseload(first: 5) {
    edges { node { id status client { id name { nameToUse } } } }
  }
}`,
  partner: `# Choose an agency's person above, then press the play button.
query Inbox {
  partnerReferrals(first: 5) {
    edges { node { id status priority receivedAt } }
  }
}`,
}[graph];

async function fetcher(operation, { headers: own } = {}) {
  const token = localStorage.getItem(remembered);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...own,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}

function render() {
  const root = document.getElementById('graphiql');
  window.graph ??= ReactDOM.createRoot(root);
  const key = localStorage.getItem(remembered) ?? 'nobody';
  window.graph.render(React.createElement(GraphiQL, { key, fetcher, defaultQuery: welcome }));
}

async function choose(person, button) {
  const response = await fetch(`${signIn}/demonstration/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: person.key }),
  });
  const { access_token: token } = await response.json();
  localStorage.setItem(remembered, token);
  localStorage.setItem(rememberedPerson, person.key);
  press(button);
  render();
}

function signOut() {
  localStorage.removeItem(remembered);
  localStorage.removeItem(rememberedPerson);
  press(null);
  render();
}

function press(button) {
  for (const other of bar.querySelectorAll('button'))
    other.setAttribute('aria-pressed', String(other === button));
}

async function offerPeople() {
  const people = await (await fetch(`${signIn}/demonstration`)).json();
  const mine = people.filter((person) => (graph === 'partner') === Boolean(person.agencyId));
  bar.append(mine.length > 0 ? 'Sign in as:' : 'No demonstration people for this graph.');
  for (const person of mine) {
    const button = document.createElement('button');
    button.textContent = `${person.name} (${person.roles.join(', ').toLowerCase().replaceAll('_', ' ')})`;
    button.addEventListener('click', () => choose(person, button));
    button.setAttribute('aria-pressed', String(person.key === localStorage.getItem(rememberedPerson)));
    bar.append(button);
  }
  const leave = document.createElement('button');
  leave.textContent = 'Sign out';
  leave.addEventListener('click', signOut);
  bar.append(leave);
}

if (signIn) {
  offerPeople().catch(() =>
    bar.append('The demonstration sign-in does not answer; paste a token as a header.'),
  );
} else bar.append('Invented data. Nobody signs in; x-mock-… headers say what goes wrong.');
render();
