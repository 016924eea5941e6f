/** What the client's own limits on disclosure are, as the last fact told it. They can only hold something back. */
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
