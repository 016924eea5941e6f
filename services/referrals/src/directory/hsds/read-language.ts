/** English names, and the names that a language has for itself. */
const languages: Readonly<Partial<Record<string, string>>> = {
  english: 'en',
  spanish: 'es',
  español: 'es',
  creole: 'ht',
  'haitian creole': 'ht',
  'haitian-creole': 'ht',
  kreyòl: 'ht',
  'kreyòl ayisyen': 'ht',
  'kreyol ayisyen': 'ht',
  french: 'fr',
  français: 'fr',
  portuguese: 'pt',
  português: 'pt',
  russian: 'ru',
  русский: 'ru',
  german: 'de',
  deutsch: 'de',
  italian: 'it',
  hebrew: 'he',
  yiddish: 'yi',
  arabic: 'ar',
  العربية: 'ar',
  chinese: 'zh',
  中文: 'zh',
  mandarin: 'zh',
  cantonese: 'yue',
  vietnamese: 'vi',
  'tiếng việt': 'vi',
  korean: 'ko',
  한국어: 'ko',
  japanese: 'ja',
  tagalog: 'tl',
  hindi: 'hi',
  urdu: 'ur',
  polish: 'pl',
  ukrainian: 'uk',
  somali: 'so',
  'american sign language': 'ase',
  'sign language': 'ase',
  asl: 'ase',
};

/** The BCP 47 tag of a language's name, or of a tag. "Spanish (limited)" is Spanish: the name keeps the rest. */
export function readLanguage(text: string): string | null {
  const known =
    languages[
      text
        .normalize('NFC')
        .toLowerCase()
        .replace(/\s*\(.*\)$/, '')
    ];
  if (known) return known;
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) ? text : null;
}
