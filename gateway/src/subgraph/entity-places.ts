type Path = readonly (string | number)[];

const roots = new WeakMap<object, Record<string, unknown>>();

/**
 * Holds the answer of a service for fields of the query itself. The library merges everything else into these
 * objects, so they are the whole answer so far, which the library does not show.
 */
export function rememberRoot(request: object, data: Record<string, unknown>): void {
  const known = roots.get(request) ?? (Object.create(null) as Record<string, unknown>);
  roots.set(request, known);
  for (const key of Object.keys(data)) known[key] ??= data[key];
}

/**
 * For each representation: its object among the objects at the path. The library counts all objects, but only
 * those of types that the service knows became representations. Null when it is not clear.
 */
export function placesOf(request: object, path: Path, representations: readonly unknown[]): number[] | null {
  const objects = objectsAt(roots.get(request), path);
  const places: number[] = [];
  objects.forEach((object, index) => {
    if (standsFor(representations[places.length], object)) places.push(index);
  });
  return places.length === representations.length ? places : null;
}

function objectsAt(value: unknown, path: Path): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item) => objectsAt(item, path[0] === '@' ? path.slice(1) : path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  return Object.hasOwn(value, head) ? objectsAt((value as Record<string, unknown>)[head], rest) : [];
}

function standsFor(representation: unknown, object: unknown): boolean {
  if (!isObject(representation) || !isObject(object)) return false;
  return Object.entries(representation).every(
    ([key, value]) => Object.hasOwn(object, key) && covers(value, object[key]),
  );
}

/** A representation has some fields of the object, and of the objects in it. */
function covers(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part))
    return (
      Array.isArray(whole) &&
      part.length === whole.length &&
      part.every((one, index) => covers(one, whole[index]))
    );
  return isObject(part) ? standsFor(part, whole) : part === whole;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
