import { emailSender } from '@throughline/notifications/channel/email-sender';
import { openMailbox, type Mailbox } from './mailbox.ts';

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox({ smtpPort: 0, port: 0 });
});
afterAll(() => mailbox.close());

const page = async () => (await fetch(mailbox.url)).text();

describe('the mailbox of npm start', () => {
  it('shows an e-mail as text, whatever it holds', async () => {
    expect(await page()).toContain('Nothing has left yet.');
    const settings = {
      url: mailbox.smtpUrl,
      from: 'Throughline <notices@localhost>',
      tls: 'if-offered' as const,
    };
    const sender = emailSender({ ...settings, timeoutMs: 5_000 });
    const sent = await sender.send({
      ...{ deliveryId: '0199a000-0000-7000-8000-000000000001', number: 1, language: 'en' },
      ...{
        address: 'maria@example.org',
        subject: 'You have an update',
        body: 'Sign in: <script>alert(1)</script>',
      },
    });
    sender.close?.();
    expect(sent.outcome).toBe('ACCEPTED');
    const shown = await page();
    expect(shown).toContain('You have an update');
    expect(shown).toContain('maria@example.org');
    expect(shown).not.toContain('<script>');
  });
});
