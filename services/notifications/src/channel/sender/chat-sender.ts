import { codeOf, failedForNow, type Sender } from './sender.ts';

/** The incoming webhook of a chat (Slack, Mattermost and Teams take `text`). A failure is never for good: the address is the operator's. */
export function chatSender(timeoutMs: number): Sender {
  return {
    send: async ({ address, body }) => {
      try {
        const response = await fetch(address, {
          ...{ method: 'POST', redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: body }),
        });
        await response.body?.cancel();
        const answer = String(response.status);
        return response.ok ? { outcome: 'ACCEPTED', answer, providerRef: null } : failedForNow(answer);
      } catch (error) {
        return failedForNow(codeOf(error));
      }
    },
  };
}
