/** Copy of a need: what this service asks of it. Everything else belongs to the clients service. */
export interface NeedRef {
  id: string;
  clientId: string;
  /** Null in a copy of before this was kept. */
  category: string | null;
  status: string;
  recordedAt: Date | null;
}
