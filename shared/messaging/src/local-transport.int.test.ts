import { messagingContract } from './contract/messaging-contract.ts';
import { localTransport } from './local-transport.ts';

describe('the local transport', () => {
  messagingContract(
    () => process.env['POSTGRES_URL'] ?? '',
    () => localTransport({ consumers: ['hearer'] }),
  );
});
