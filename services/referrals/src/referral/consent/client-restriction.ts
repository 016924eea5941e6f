/** Whether the client restricts all disclosure, as the last fact told it. It can only hold a sending back. */
export interface ClientRestriction {
  clientId: string;
  restrictAll: boolean;
}
