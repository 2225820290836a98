import { type Lesson, TRACKS } from './lesson.ts';

/** The language every lesson is written in first: what no other language has is taken from it. */
const LAST_LANGUAGE = 'es';

/** Every lesson there is, by id and then by language; the ids in the order of the tracks and files. */
export type Catalogue = ReadonlyMap<string, ReadonlyMap<string, Lesson>>;

/** A lesson with its language (a BCP-47 tag) and its place in the track. */
type Placed = { readonly language: string; readonly place: number; readonly lesson: Lesson };

export const catalogueOf = (files: readonly Placed[]): Catalogue => {
  const catalogue = new Map<string, Map<string, Lesson>>();
  for (const { language, lesson } of files.toSorted(byTrackAndPlace)) {
    const languages = catalogue.get(lesson.id) ?? new Map<string, Lesson>();
    catalogue.set(lesson.id, languages.set(canonical(language), lesson));
  }
  return catalogue;
};

/**
 * The languages to try, one after the other: each wanted tag, then what is left of it without its last part (RFC 4647,
 * lookup), and Spanish in the end. "tzo-MX" is tzo-MX, tzo, es.
 *
 * @param wanted BCP-47 tags, the best first
 */
export const fallbackChain = (wanted: readonly string[]): string[] => {
  const chain = wanted.flatMap((tag) => {
    const parts = canonical(tag).split('-');
    return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
  });
  return [...new Set([...chain, LAST_LANGUAGE])];
};

/**
 * A lesson in the first of her languages that has it and in which it may go out, and which one that is.
 *
 * @param may whether it may go out in that language; always, when left out
 */
export const lessonIn = (
  catalogue: Catalogue,
  of: {
    readonly id: string;
    readonly wanted: readonly string[];
    readonly may?: (lesson: Lesson, language: string) => boolean;
  },
): { readonly lesson: Lesson; readonly language: string } | undefined => {
  const languages = catalogue.get(of.id);
  for (const language of fallbackChain(of.wanted)) {
    const lesson = languages?.get(language);
    if (lesson && (of.may?.(lesson, language) ?? true)) return { lesson, language };
  }
  return undefined;
};

const byTrackAndPlace = (one: Placed, other: Placed): number =>
  TRACKS.indexOf(one.lesson.track) - TRACKS.indexOf(other.lesson.track) || one.place - other.place;

const canonical = (tag: string): string => Intl.getCanonicalLocales(tag)[0] ?? tag;
