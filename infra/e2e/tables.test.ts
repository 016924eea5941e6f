import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { describeTables, type Forbidden } from '@throughline/service/testing';
import * as treatment from '@throughline/treatment';

const services = { clients, treatment, referrals, notifications };

/** History that the app role of a service may not change. */
const history: Record<keyof typeof services, readonly Forbidden[]> = {
  clients: [
    ['a line of the ledger', 'update disclosure_record set sequence = 0'],
    ['a line of the ledger', 'delete from disclosure_record'],
    ['a consent', 'delete from consent'],
  ],
  treatment: [
    ['a signed screening', 'update screening set total = 0'],
    ['a signed screening', 'delete from screening'],
    ['an observation', 'update goal_progress set value = 0'],
    ['an entry of a timeline', 'delete from timeline_entry'],
    ['an episode', 'delete from episode'],
  ],
  referrals: [
    ['the history of a referral', `update referral_transition set note = ''`],
    ['the history of a referral', 'delete from referral_transition'],
    ['a referral', 'delete from referral'],
  ],
  notifications: [['a notification', 'delete from notification']],
};

for (const [name, service] of Object.entries(services))
  describeTables(name, service, history[name as keyof typeof services]);
