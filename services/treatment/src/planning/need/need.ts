/** A need as this service knows one: whose it is. Everything else belongs to the clients service. */
export interface NeedRef {
  id: string;
  clientId: string;
}
