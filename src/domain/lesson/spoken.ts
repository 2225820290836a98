/** A language that lessons may be spoken in, and what people call it; the first name is the one we say. */
export type SpokenLanguage = {
  /** BCP-47. */
  readonly tag: string;
  readonly names: { readonly es: readonly string[]; readonly en: readonly string[] };
};

/** What a language is called; its tag where nobody has named it. */
export const spokenName = (known: readonly SpokenLanguage[], tag: string, language: 'es' | 'en'): string =>
  known.find((one) => one.tag === tag)?.names[language][0] ?? tag;

/**
 * The tag of a language somebody named, by one of its names in any language or by the tag itself; undefined when it is none
 * of those known and none of `offered`.
 *
 * @param fold makes two spellings of one name the same
 */
export const spokenCalled = (
  known: readonly SpokenLanguage[],
  said: string,
  { offered, fold }: { readonly offered: readonly string[]; readonly fold: (text: string) => string },
): string | undefined => {
  const word = fold(said);
  const named = known.find(({ names }) => [...names.es, ...names.en].some((name) => fold(name) === word));
  return named?.tag ?? [...offered, ...known.map(({ tag }) => tag)].find((tag) => fold(tag) === word);
};
