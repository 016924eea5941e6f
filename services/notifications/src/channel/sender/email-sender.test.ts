import { emailSender } from './email-sender.ts';
import { anSmtpServer } from './smtp.test-server.ts';

const message = {
  ...{ deliveryId: '0199a000-0000-7000-8000-000000000001', number: 1 },
  ...{
    address: 'maria@example.org',
    language: 'es',
    subject: 'Tiene una novedad',
    body: 'Inicie sesión:\nhttps://a/1',
  },
};
const settings = { from: 'Throughline <notices@example.org>', tls: 'if-offered' as const, timeoutMs: 5_000 };

async function tried(how: 'accept' | 'hang' | 'refuse-recipient' | 'busy' | 'mailbox-full') {
  const server = await anSmtpServer();
  server.state.how = how;
  const sender = emailSender({ ...settings, url: server.url, ...(how === 'hang' && { timeoutMs: 300 }) });
  const sent = await sender.send(message);
  sender.close?.();
  await server.close();
  return { sent, mails: server.mails, sessions: server.state.sessions };
}

describe('e-mail over SMTP', () => {
  it('arrives with a sender that says nothing, and an id of its own', async () => {
    const { sent, mails } = await tried('accept');
    expect(sent).toEqual({ outcome: 'ACCEPTED', answer: '250', providerRef: null });
    expect(mails[0]).toMatchObject({
      ...{
        subject: message.subject,
        text: `${message.body}\n`,
        messageId: `<${message.deliveryId}@example.org>`,
      },
      from: { text: '"Throughline" <notices@example.org>' },
      to: { text: 'maria@example.org' },
    });
    expect(mails[0]?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it.each([
    ['hangs after it took the message', 'hang', 'FAILED_FOR_NOW', 'ETIMEDOUT'],
    ['is busy', 'busy', 'FAILED_FOR_NOW', '451'],
    ['knows no such recipient', 'refuse-recipient', 'FAILED_FOR_GOOD', '550'],
    ['has a mailbox that is full', 'mailbox-full', 'FAILED_FOR_NOW', '552'],
  ] as const)('a server that %s is told from others, and tried once', async (_what, how, outcome, answer) => {
    const { sent, sessions } = await tried(how);
    expect(sent).toEqual({ outcome, answer, providerRef: null });
    expect(sessions).toBe(1);
  });

  it.each([
    ['offers no TLS', { disabledCommands: ['STARTTLS' as const] }],
    ['shows a certificate that nobody signed', {}],
  ])('never goes to a server that %s, when TLS is required', async (_what, options) => {
    const server = await anSmtpServer(options);
    const sender = emailSender({ ...settings, tls: 'required', url: server.url });
    expect(await sender.send(message)).toMatchObject({ outcome: 'FAILED_FOR_NOW' });
    expect(server.mails).toEqual([]);
    sender.close?.();
    await server.close();
  });

  it('takes an address as one address, whatever it holds', async () => {
    const server = await anSmtpServer();
    const sender = emailSender({ ...settings, url: server.url });
    await sender.send({ ...message, address: 'a@example.org,b@example.org' });
    expect(server.mails.flatMap(({ to }) => to ?? []).flatMap(({ value }) => value)).not.toContainEqual(
      expect.objectContaining({ address: 'b@example.org' }),
    );
    sender.close?.();
    await server.close();
  });
});
