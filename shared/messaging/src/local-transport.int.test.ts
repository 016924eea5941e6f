import { instancesContract } from './contract/instances-contract.ts';
import { messagingContract } from './contract/messaging-contract.ts';
import { localTransport } from './local-transport.ts';
import type { Transport } from './transport.ts';

describe('the local transport', () => {
  const createTransport = (): Transport => localTransport({ consumers: ['hearer'] });
  messagingContract(createTransport);
  instancesContract(createTransport);
});
