import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Assignment: '../casework/case-file/assignment.ts#Assignment as AssignmentRow',
    CaseFile: '../casework/case-file/case-file.ts#CaseFile as CaseFileRow',
    StaffMember: '../workforce/case-manager/case-manager.ts#StaffMember as StaffMemberRow',
    Client: '../people/client/client.ts#Client as ClientRow',
    Consent: '../consent/consent/consent.ts#Consent as ConsentRow',
    ConsentRecipient: '@throughline/privacy#ConsentRecipient as ConsentRecipientRow',
    DisclosureRecord: '../consent/disclosure/disclosure.ts#DisclosureRecord as DisclosureRecordRow',
    Need: '../casework/need/need.ts#Need as NeedRow',
  },
});
