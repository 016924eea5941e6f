/** What this service knows of the entities of the clients service: their ids. */
interface Stub {
  id: string;
}
export type Client = Stub;
export type Need = Stub;
export type CaseManager = Stub;
export type Consent = Stub;
