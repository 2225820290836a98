import type { Temporal } from 'temporal-polyfill';
import type { Sha256 } from '../ledger/chain.ts';
import { type Catalogue, lessonIn } from './catalogue.ts';
import { isDraft, isExpired, type Lesson } from './lesson.ts';
import { textHash } from './text-hash.ts';

/** Where a group is, as the programme wrote it: "BC", "Tijuana". */
export type Place = { readonly state: string | undefined; readonly municipality: string | undefined };

/** What decides which lessons may go out to the members of a group. */
export type ShelfRules = {
  readonly today: Temporal.PlainDate;
  readonly place: Place;
  /** Whether the programme lets drafts go out, marked as such. */
  readonly drafts: boolean;
  /** The languages the programme offers. Spanish is always among them: everything falls back to it. */
  readonly languages: readonly string[];
  /** The fingerprints of the words that a person has approved. */
  readonly approved: ReadonlySet<string>;
};

/** A lesson that may go out, in the language she gets it in. */
export type ShelfLesson = {
  readonly lesson: Lesson;
  readonly language: string;
  readonly isDraft: boolean;
};

/** The lessons that may go out to her today, in the order of the tracks. None that is expired or not approved. */
export const shelfOf = (
  { catalogue, sha256 }: { readonly catalogue: Catalogue; readonly sha256: Sha256 },
  rules: ShelfRules,
  wanted: readonly string[],
): ShelfLesson[] => {
  const draft = (lesson: Lesson): boolean => isDraft(lesson) && !rules.approved.has(textHash(sha256, lesson));
  const may = (lesson: Lesson, language: string): boolean =>
    (language === 'es' || rules.languages.includes(language)) &&
    !isExpired(lesson, rules.today) &&
    holdsAt(lesson, rules.place) &&
    (!draft(lesson) || (rules.drafts && !lesson.onlyApproved));
  return [...catalogue.keys()].flatMap((id) => {
    const found = lessonIn(catalogue, { id, wanted, may });
    return found ? [{ ...found, isDraft: draft(found.lesson) }] : [];
  });
};

const holdsAt = ({ area }: Lesson, { state, municipality }: Place): boolean =>
  area.length === 0 || area.some((where) => where === state || where === `${state}/${municipality}`);
