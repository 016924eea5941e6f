import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Assignment: '../case-file/assignment.ts#Assignment as AssignmentRow',
    CaseFile: '../case-file/case-file.ts#CaseFile as CaseFileRow',
    CaseManager: '../case-manager/case-manager.ts#CaseManager as CaseManagerRow',
    Client: '../client/client.ts#Client as ClientRow',
    Consent: '../consent/consent.ts#Consent as ConsentRow',
    ConsentRecipient: '@throughline/privacy#ConsentRecipient as ConsentRecipientRow',
    DisclosureRecord: '../disclosure/disclosure.ts#DisclosureRecord as DisclosureRecordRow',
    Need: '../need/need.ts#Need as NeedRow',
  },
});
