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
    ['a step of a crisis', "update crisis_step set note = ''"],
    ['a crisis', 'delete from crisis_alert'],
    ['a change of a tier', 'delete from risk_change'],
    ['a definition that was loaded', "update loaded_instrument set definition = '{}'"],
    ['an observation', 'update goal_progress set value = 0'],
    ['an entry of a timeline', 'delete from timeline_entry'],
    ['an episode', 'delete from episode'],
    ['a stay', 'delete from stay'],
    ['when a client was admitted', 'update stay set started_at = now()'],
    ['a discharge time of before', `update discharge_correction set reason = ''`],
    ['a follow-up', 'delete from follow_up_obligation'],
    ['the history of a follow-up', `update follow_up_change set to_status = 'MET'`],
    ['a visit', 'delete from visit'],
    ['an aftercare plan', 'delete from aftercare_plan'],
    ['a contact after discharge', 'delete from aftercare_contact'],
    ['the history of a contact', `update aftercare_contact_change set to_status = 'MET'`],
    ['whether a contact is lost', 'delete from lost_contact'],
    ['a decision of a lost contact', `update lost_contact_step set note = ''`],
    ['a transition', 'delete from care_transition'],
    ['a return to use', `update return_to_use set plan_change = ''`],
    ['the end of support', `update support_end set client_words = ''`],
    ['what was asked', `update outcome_data set content = '{}'`],
  ],
  referrals: [
    ['the history of a referral', `update referral_transition set note = ''`],
    ['the history of a referral', 'delete from referral_transition'],
    ['a referral', 'delete from referral'],
    ['the ledger', 'delete from disclosure'],
    ['the ledger', `update disclosure set fields = '{}'`],
    ['the log of an agency', 'delete from partner_event'],
    ['an attempt to deliver', 'delete from webhook_attempt'],
    ['for how long history is kept', 'update monthly_table set kept_months = 2'],
  ],
  notifications: [['a notification', 'delete from notification']],
};

for (const [name, service] of Object.entries(services))
  describeTables(name, service, history[name as keyof typeof services]);
