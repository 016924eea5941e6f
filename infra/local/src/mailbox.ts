import { createServer, type ServerResponse } from 'node:http';
import { closeServer, listen, originOf } from '@throughline/runtime';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  /** The page. */
  url: string;
  /** For SMTP_URL. */
  smtpUrl: string;
  close(): Promise<void>;
}

const MOST = 200;

/** Takes every e-mail on this machine, sends none on, and shows them on a page: what would leave, and to whom. */
export async function openMailbox({ smtpPort, port }: { smtpPort: number; port: number }): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const smtp = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], closeTimeout: 500, logger: false },
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (mail) => {
          mails.unshift(mail);
          mails.length = Math.min(mails.length, MOST);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('no e-mail')),
      );
    },
  });
  // A caller that breaks off is no fault of the mailbox.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(smtpPort, '127.0.0.1', resolve);
  });
  const page = createServer((_request, response) => show(response, mails));
  await listen(page, { port });
  const address = smtp.server.address();
  const smtpAt = typeof address === 'object' && address ? address.port : smtpPort;
  return {
    ...{ url: originOf(page, 'localhost'), smtpUrl: `smtp://127.0.0.1:${String(smtpAt)}` },
    close: async () => {
      await closeServer(page);
      await new Promise<void>((resolve) => {
        smtp.close(resolve);
      });
    },
  };
}

function show(response: ServerResponse, mails: readonly ParsedMail[]): void {
  const list = mails.map(row).join('\n') || '<p>Nothing has left yet.</p>';
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    // What arrives is shown as text: no script, no picture, no address of another machine.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  }).end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Mailbox</title><style>body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #ccc;padding:.5rem 0}pre{white-space:pre-wrap;margin:.25rem 0}</style>
<h1>E-mails that would leave this machine</h1>${list}</html>`);
}

function row({ subject, date, to, text }: ParsedMail): string {
  const addresses = [to ?? []].flat().map((one) => one.text);
  return `<article><h2>${escaped(subject ?? '')}</h2><p>${escaped(addresses.join(', '))} · ${escaped(date?.toISOString() ?? '')}</p>
<pre>${escaped(text ?? '')}</pre></article>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
