import type { DemonstrationPerson } from './people.ts';

/** Who do you want to be? One button each; works without scripts. */
export function choosePage(uid: string, people: readonly DemonstrationPerson[]): string {
  const buttons = people.map(
    ({ key, name, roles }) =>
      `<button name="person" value="${escape(key)}"><b>${escape(name)}</b><br>${escape(roles.map(inWords).join(', '))}</button>`,
  );
  return page(
    'Sign in',
    `<p>These people are invented. Choose who to be; no password is needed.</p>
     <form method="post" action="/interaction/${escape(uid)}">${buttons.join('\n')}</form>`,
  );
}

/** `form` comes from oidc-provider and is safe as it is. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    `<p>Do you want to sign out?</p>${form}
     <button form="op.logoutForm" name="logout" value="yes">Sign out</button>
     <button form="op.logoutForm">Stay signed in</button>`,
  );
}

export function signedOutPage(): string {
  return page('Signed out', '<p>You are signed out.</p>');
}

export function errorPage(reason: string): string {
  return page('Sign-in did not work', `<p>${escape(reason)}</p>`);
}

export function welcomePage(people: readonly DemonstrationPerson[]): string {
  const rows = people.map(
    ({ key, name, roles }) =>
      `<tr><td><code>${escape(key)}</code></td><td>${escape(name)}</td><td>${escape(roles.map(inWords).join(', '))}</td></tr>`,
  );
  return page(
    'Local sign-in',
    `<p>The OpenID Connect provider for development, with invented people. A token for a script:
     <code>npm run -s token -- maria</code></p>
     <table><tr><th>Key</th><th>Name</th><th>Role</th></tr>${rows.join('\n')}</table>
     <p><a href="/.well-known/openid-configuration">Discovery document</a></p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Throughline (demonstration)</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
button { display: block; width: 100%; margin: .5rem 0; padding: .6rem 1rem; font: inherit; text-align: left; border: 1px solid #767676; border-radius: .4rem; background: #f6f6f6; color: inherit; cursor: pointer; }
button:focus-visible, button:hover { outline: 3px solid #1a5fb4; }
td, th { text-align: left; padding: .2rem .8rem .2rem 0; }
</style>
</head>
<body>
<main><h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>`;
}

/** CASE_MANAGER → case manager */
function inWords(role: string): string {
  return role.toLowerCase().replaceAll('_', ' ');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
