import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Agency: '../agency/agency.ts#Agency as AgencyRow',
    Service: '../directory-service/directory-service.ts#Service as ServiceRow',
    Location: '../location/location.ts#Location as LocationRow',
  },
});
