/** Copy of a need: its client only. Everything else belongs to the clients service. */
export interface NeedRef {
  id: string;
  clientId: string;
}
