import { messagingContract } from './contract/messaging-contract.ts';
import { localTransport } from './local-transport.ts';

describe('the local transport', () => {
  messagingContract(() => localTransport({ consumers: ['hearer'] }));
});
