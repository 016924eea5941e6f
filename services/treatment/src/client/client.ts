/** A client as this service knows one: the id. Everything else belongs to the clients service. */
export interface ClientRef {
  id: string;
}
