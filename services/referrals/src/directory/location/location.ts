/** A place where services are given (HSDS location with its postal address). */
export interface Location {
  id: string;
  agencyId: string | null;
  name: string | null;
  description: string | null;
  transportation: string | null;
  latitude: number | null;
  longitude: number | null;
  version: number;
}
