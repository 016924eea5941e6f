/** Acts whose fact another folder makes, with the kind of the entry. */
export const toldElsewhere: Readonly<Record<string, string>> = {
  registerClient: 'ClientRegistered',
  decideScreening: 'CaseAccepted',
  reassignCases: 'CaseManagerAssigned',
  sendReferral: 'ReferralSent',
  applyPlanTemplate: 'GoalProposed',
  // When its content has come to the link.
  addDocument: 'DocumentAdded',
  reopenCase: 'CaseReopened',
};

const operators = 'An operator acts on facts, not on a client.';
const program = 'It changes the program or its partners, and no client.';
const staff = 'It is about a member of staff.';
const apart = 'A counseling note is in no timeline (infra/reference/domain.md 3.6).';
const channel = 'It stands in the ledger of messages to clients, whose lines are never changed.';
const personal = 'It is the own inbox of the person who does it.';
const caller = 'It is about a call of somebody who is no client; InquiryConverted tells the inquiry.';
const unsigned = 'A draft is no record yet; the fact of its signature or its review tells it.';
const thanks = 'A thank-you note is not part of the record of a client.';

/** Acts that are in no timeline, and why. */
export const untold: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Clients', 'Treatment', 'Referrals', 'Notifications'].flatMap((name) => [
      [`retry${name}ParkedFact`, operators],
      [`drop${name}ParkedFact`, operators],
    ]),
  ),
  endInquiry: 'An inquiry that ends here led to no client.',
  ...Object.fromEntries(
    ['writeCounselingNote', 'reviseCounselingNote', 'signCounselingNote']
      .concat('nameCounselingReader', 'removeCounselingReader')
      .map((name) => [name, apart]),
  ),
  createPlanTemplate: program,
  changePlanTemplate: program,
  retirePlanTemplate: program,
  addCredentialType: program,
  changeCredentialType: program,
  addProgramModel: program,
  changeProgramModel: program,
  addCallLine: program,
  changeCallLine: program,
  retireCallLine: program,
  publishTriageScript: program,
  importDirectory: program,
  applyDirectoryImport: program,
  reportCapacity: program,
  recordPartnerPrincipal: program,
  recordLocAssessment: unsigned,
  updateLocAssessment: unsigned,
  writeAftercarePlan: unsigned,
  claimCallback: caller,
  releaseCallback: caller,
  markNotificationRead: personal,
  markAllRead: personal,
  snoozeNotification: personal,
  addCredential: staff,
  recordContinuingEducation: staff,
  recordLeave: staff,
  cancelLeave: staff,
  updateQuietHours: staff,
  planOnCall: staff,
  startOnCallRota: staff,
  changeOnCallRota: staff,
  endOnCallRota: staff,
  changeEscalationPolicy: program,
  setMyAddress: staff,
  removeMyAddress: staff,
  setMessagePreference: staff,
  subscribePush: staff,
  unsubscribePush: staff,
  proposeMessageTemplate: program,
  approveMessageTemplate: program,
  retireMessageTemplate: program,
  recordChannelConsent: channel,
  endChannelConsent: channel,
  planRecognition: thanks,
  submitAppreciation: thanks,
  moderateAppreciation: thanks,
  shareAppreciation: thanks,
  reactToAppreciation: thanks,
  recordLook: 'A look is private to the person who looked.',
};
