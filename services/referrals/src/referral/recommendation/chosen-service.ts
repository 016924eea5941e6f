/** Copy of what a client chose among recommended services. Source: infra/reference/domain.md 2.12, 8.4. */
export interface ChosenService {
  /** Id of the recommendation. */
  id: string;
  clientId: string;
  needId: string | null;
  serviceId: string;
  /** Score of the match when it was shown. */
  matchPoints: number | null;
  declinedServiceIds: string[];
}
