/** Limits of the client on disclosure, from the last fact. They can only withhold something. */
export interface ClientRestriction {
  clientId: string;
  restrictAll: boolean;
  blockedAgencyIds: string[];
}

/** Whether the limits forbid any disclosure to this agency. */
export function forbidsAgency(
  { restrictAll, blockedAgencyIds }: Omit<ClientRestriction, 'clientId'>,
  agencyId: string,
): boolean {
  return restrictAll || blockedAgencyIds.includes(agencyId);
}
