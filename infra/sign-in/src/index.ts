export { type Audience } from './access-token.ts';
export { askForToken } from './ask-for-token.ts';
export { refuseProduction } from './refuse-production.ts';
export { signInConfig, tokenConfig } from './config.ts';
export {
  demonstrationAgencies,
  demonstrationPeople,
  type DemonstrationAgency,
  type DemonstrationPerson,
  type PartnerPerson,
  type PartnerSystem,
  type StaffPerson,
} from './people.ts';
export { startSignIn, type RunningSignIn, type SignInOptions } from './sign-in.ts';
