import type { Place, Situation } from './candidate.ts';

const earthRadiusKm = 6371;

/** Kilometres in a straight line to the nearest place; null when a position is not known. */
export function distanceKm(places: readonly Place[], position: Situation['position']): number | null {
  if (!position) return null;
  const distances = places.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [between(position, { latitude, longitude })],
  );
  return distances.length === 0 ? null : Math.min(...distances);
}

interface Point {
  latitude: number;
  longitude: number;
}

function between(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) *
      Math.cos(b.latitude * rad) *
      Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)));
}
