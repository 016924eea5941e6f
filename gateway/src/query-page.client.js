/* global React, ReactDOM, GraphiQL */
import { createClient } from '/page/graphql-sse/client.mjs';

const { signIn, graph } = document.body.dataset;
const [bar, status] = ['people', 'status'].map((id) => document.getElementById(id));
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
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

function fetcher(operation, { headers: own, documentAST } = {}) {
  const token = localStorage.getItem(remembered);
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...own };
  return isSubscription(operation, documentAST) ? listen(operation, headers) : ask(operation, headers);
}

function isSubscription({ operationName }, document) {
  return Boolean(
    document?.definitions.some(
      ({ operation, name }) =>
        operation === 'subscription' && (!operationName || name?.value === operationName),
    ),
  );
}

async function ask(operation, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}

/** An observable: GraphiQL ends it with its stop button. */
function listen(operation, headers) {
  const stream = createClient({
    url: `${globalThis.location.origin}/graphql/stream`,
    headers,
    retryAttempts: 0,
  });
  return {
    subscribe: (observer) => ({
      unsubscribe: stream.subscribe(operation, {
        next: (event) => observer.next(event),
        error: async (error) => {
          observer.next(await refusalOf(error));
          observer.complete();
        },
        complete: () => observer.complete(),
      }),
    }),
  };
}

/** The graph says in the body why it refused. */
async function refusalOf(error) {
  const told = await error.response?.json().catch(() => null);
  return told ?? { errors: [{ message: error.message }] };
}

async function choose(person) {
  const response = await fetch(`${signIn}/demonstration/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: person.key }),
  }).catch(() => null);
  const token = response?.ok ? (await response.json()).access_token : undefined;
  if (token) remember(token, person.key);
  else forget();
  show(token ? '' : `Nobody is signed in: the demonstration sign-in gave no token for ${person.name}.`);
}

function remember(token, person) {
  localStorage.setItem(remembered, token);
  localStorage.setItem(rememberedPerson, person);
}

function forget() {
  localStorage.removeItem(remembered);
  localStorage.removeItem(rememberedPerson);
}

/** Whether the remembered token has ended. What is not a JWT is for the graph to judge. */
function hasEnded() {
  const [, payload] = localStorage.getItem(remembered)?.split('.') ?? [];
  try {
    return (
      JSON.parse(globalThis.atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000 <= Date.now()
    );
  } catch {
    return false;
  }
}

/** Marks who is signed in, and gives GraphiQL a new start: an answer for one person is not left for the next. */
function show(message) {
  const person = localStorage.getItem(rememberedPerson);
  for (const button of bar.querySelectorAll('[data-person]'))
    button.setAttribute('aria-pressed', String(button.dataset.person === person));
  status.textContent = message;
  const key = localStorage.getItem(remembered) ?? 'nobody';
  root.render(React.createElement(GraphiQL, { key, fetcher, schema, defaultQuery: welcome }));
}

async function offerPeople() {
  const people = await (await fetch(`${signIn}/demonstration`)).json();
  const mine = people.filter((person) => (graph === 'partner') === Boolean(person.agencyId));
  bar.append(mine.length > 0 ? 'Sign in as:' : 'No demonstration people for this graph.');
  for (const person of mine) {
    const roles = person.roles.join(', ').toLowerCase().replaceAll('_', ' ');
    const button = buttonOf(`${person.name} (${roles})`, () => choose(person));
    button.dataset.person = person.key;
  }
  buttonOf('Sign out', () => {
    forget();
    show('');
  });
}

function buttonOf(text, press) {
  const button = document.createElement('button');
  button.textContent = text;
  button.addEventListener('click', press);
  bar.append(button);
  return button;
}

// Served by the page itself: the graph answers introspection only to people who are signed in.
const schema = await (await fetch('/page/schema.json')).json();
if (hasEnded()) forget();
if (signIn) {
  await offerPeople().catch(() =>
    bar.append('The demonstration sign-in does not answer; paste a token as a header.'),
  );
} else bar.append('Invented data. Nobody signs in; x-mock-… headers say what goes wrong.');
show('');
