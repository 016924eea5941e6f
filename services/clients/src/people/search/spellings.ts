import { distance } from 'fastest-levenshtein';
import type { DataSource } from 'typeorm';
import { alikeKeys, soundsOf } from './fold.ts';
import type { Place, Variant } from './question.ts';

/** Most other spellings of one word that a search looks for. */
const most = 24;

/** The words that are written like the asked one: begins with it, contains it, one key in common, many letters in common. */
const NEAR_WORDS = `
  select q.place, n.word
  from jsonb_to_recordset($1::jsonb) as q(place int, word text, alike text[])
  cross join lateral (
    (select w.word from name_word w
      where q.word ~ '..' and w.word >= q.word collate "C" and w.word < (q.word || '{') collate "C"
      order by length(w.word), w.word limit 40)
    union
    (select w.word from name_word w
      where length(q.word) > 2 and w.word like '%' || q.word || '%' order by length(w.word), w.word limit 20)
    union
    (select w.word from name_word w where w.alike && q.alike limit 60)
    union
    (select w.word from name_word w where length(q.word) > 5 and w.word % q.word limit 60)
  ) n`;

/** The places with the spellings that occur in names of clients: one statement for all words of the question. */
export async function withSpellings(
  db: Pick<DataSource, 'query'>,
  places: readonly Place[],
): Promise<Place[]> {
  const asked = places.flatMap(({ word }, place) =>
    word === null ? [] : [{ place, word, alike: alikeKeys(word) }],
  );
  if (asked.length === 0) return [...places];
  const found: { place: number; word: string }[] = await db.query(NEAR_WORDS, [JSON.stringify(asked)]);
  const near = Map.groupBy(found, ({ place }) => place);
  return places.map((place, number) => {
    const { word } = place;
    if (word === null) return place;
    const others = (near.get(number) ?? []).flatMap((one) => spellingOf(word, one.word) ?? []);
    others.sort((a, b) => b.weight - a.weight || a.term.length - b.term.length || (a.term < b.term ? -1 : 1));
    return { word, variants: [...place.variants, ...others.slice(0, most)] };
  });
}

/** How near a word of a name is to the asked one; null: not near enough. */
export function spellingOf(asked: string, word: string): Variant | null {
  if (word === asked) return null;
  if (word.startsWith(asked)) return { term: word, kind: 'NAME_PART', weight: 70 };
  if (isOneSlip(asked, word)) return { term: word, kind: 'NAME_SIMILAR', weight: 60 };
  if (asked.length > 2 && word.includes(asked)) return { term: word, kind: 'NAME_PART', weight: 50 };
  const sounds = new Set(soundsOf(asked));
  const apart = distance(asked, word);
  if (soundsOf(word).some((sound) => sounds.has(sound)) && apart <= Math.max(asked.length, word.length) / 2)
    return { term: word, kind: 'NAME_SOUND', weight: 45 - apart };
  return asked.length > 5 && apart <= 2 ? { term: word, kind: 'NAME_SIMILAR', weight: 40 } : null;
}

/** One letter missing, added, exchanged, or two neighbours that changed places; in short words no other letter will do. */
function isOneSlip(asked: string, word: string): boolean {
  const apart = distance(asked, word);
  if (apart === 1) return Math.max(asked.length, word.length) > 3;
  if (apart !== 2 || asked.length !== word.length) return false;
  const first = Array.from(asked).findIndex((letter, place) => letter !== word[place]);
  return asked[first] === word[first + 1] && asked[first + 1] === word[first];
}
