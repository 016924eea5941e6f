import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

type How = 'accept' | 'hang' | 'refuse-recipient' | 'busy' | 'mailbox-full';
const refusals: Partial<Record<How, [number, string]>> = {
  'refuse-recipient': [550, 'no such user'],
  'mailbox-full': [552, 'mailbox full'],
};

/** A real SMTP server of a test; `how` says what it does next. */
export async function anSmtpServer(more: SMTPServerOptions = { disabledCommands: ['STARTTLS'] }) {
  const mails: ParsedMail[] = [];
  const state: { how: How; sessions: number } = { how: 'accept', sessions: 0 };
  const server = new SMTPServer({
    ...{ authOptional: true, closeTimeout: 100, logger: false },
    onConnect: (_session, done) => {
      state.sessions += 1;
      done();
    },
    onRcptTo: (_address, _session, done) => {
      const [responseCode, text] = refusals[state.how] ?? [];
      done(responseCode ? Object.assign(new Error(text), { responseCode }) : null);
    },
    onData: (stream, _session, done) => {
      const how = state.how;
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        if (how === 'busy') done(Object.assign(new Error('try later'), { responseCode: 451 }));
        if (how !== 'hang' && how !== 'busy') done();
      });
    },
    ...more,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    ...{ mails, state, url: `smtp://127.0.0.1:${String(port)}` },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  };
}

export type TestSmtpServer = Awaited<ReturnType<typeof anSmtpServer>>;
