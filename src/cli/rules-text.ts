import type { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../app/load-locales.ts';
import { type Content, createContent } from '../content/render.ts';
import { ruleChanges, ruleLines } from '../conversation/rules-words.ts';
import type { GroupRules } from '../domain/rules.ts';
import { ROOT } from '../start.ts';
import { type Constitution, rulesOf } from '../store/constitution.ts';
import type { RulesChange, RulesChanged } from '../store/rules-change.ts';
import type { RulesBook, RulesVersion } from '../store/rules-versions.ts';

const LANGUAGES = ['es', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** New rules as they were asked for, and how to speak of them. */
export type Draft = Omit<RulesChange, 'from'> & {
  readonly language: Language | undefined;
  readonly dryRun: boolean;
};

/** The language that was asked for; undefined when none was, and then it is the group's. */
export const languageOf = (
  text: string | undefined,
):
  | { readonly ok: true; readonly given: Language | undefined }
  | { readonly ok: false; readonly problem: string } => {
  const given = LANGUAGES.find((one) => one === text);
  return given || text === undefined
    ? { ok: true, given }
    : { ok: false, problem: `--language is one of: ${LANGUAGES.join(', ')}.` };
};

type Voice = (said: Parameters<Content['sentence']>[0]) => string;

const voiceIn = (language: Language): Voice => {
  const content = createContent(loadLocales(new URL('locales/', ROOT)).texts);
  return (said) => content.sentence(said, language);
};

/** Versions in words, each with its day and who signed it; with `changes`, all but the first only by what changed. */
export const rulesText = (
  book: RulesBook,
  chosen: readonly RulesVersion[],
  { language, changes }: { readonly language: Language | undefined; readonly changes: boolean },
): string => {
  const voice = voiceIn(language ?? book.language);
  return chosen
    .map((one, at) => {
      const before = changes ? chosen[at - 1] : undefined;
      const head = [title(voice, one, before ? undefined : book.name), signed(voice, one)];
      const lines = before
        ? changeLines(voice, rulesIn(book, before.constitution), rulesIn(book, one.constitution))
        : allLines(voice, rulesIn(book, one.constitution));
      return [...head, ...lines].join('\n');
    })
    .join('\n\n');
};

/** Versions for programs, with the same words. */
export const rulesJson = (
  book: RulesBook,
  chosen: readonly RulesVersion[],
  language: Language | undefined,
): unknown => {
  const voice = voiceIn(language ?? book.language);
  return {
    group: book.name,
    current: book.current,
    versions: chosen.map((one) => ({
      version: one.version,
      since: one.since.toString(),
      signedBy: one.signers,
      constitution: one.constitution,
      words: ruleLines(rulesIn(book, one.constitution)).map(({ says }) => voice(says)),
    })),
  };
};

/** What a change does, or would do: each rule before and after, and what stays as it is. */
export const changesText = (book: RulesBook, done: Draft & RulesChanged): string => {
  const voice = voiceIn(done.language ?? book.language);
  const last = book.versions.find((one) => one.version === book.current);
  const before = last && rulesIn(book, last.constitution);
  const values = { group: book.name, since: dayIn(voice, done.since) };
  const head = done.dryRun
    ? voice({ key: 'rules.would-change', with: values })
    : voice({ key: 'rules.has-changed', with: { ...values, version: done.version } });
  const loans =
    done.runningLoans > 0 ? [voice({ key: 'rules.loans-keep', with: { count: done.runningLoans } })] : [];
  return [
    head,
    ...(before ? changeLines(voice, before, rulesIn(book, done.constitution)) : []),
    voice({ key: 'rules.kept', with: {} }),
    ...loans,
  ].join('\n');
};

const rulesIn = (book: RulesBook, constitution: Constitution): GroupRules =>
  rulesOf(constitution, book.currency);

const dayIn = (voice: Voice, date: Temporal.PlainDate): string =>
  voice({ key: 'paper.full-date', with: { date, year: date.year } });

/** @param group its name; undefined below another version of the same group */
const title = (voice: Voice, one: RulesVersion, group: string | undefined): string => {
  const values = { version: one.version, since: dayIn(voice, one.since) };
  return group === undefined
    ? voice({ key: 'rules.title-past', with: values })
    : voice({ key: 'rules.title', with: { ...values, group } });
};

const signed = (voice: Voice, { signers: [author, witness] }: RulesVersion): string =>
  author && witness
    ? voice({ key: 'rules.signed', with: { author: author.name, witness: witness.name } })
    : voice({ key: 'rules.came-with', with: {} });

const allLines = (voice: Voice, rules: GroupRules): string[] =>
  ruleLines(rules).map(({ says }) => voice({ key: 'rules.line', with: { rule: voice(says) } }));

const changeLines = (voice: Voice, before: GroupRules, after: GroupRules): string[] => {
  const changes = ruleChanges(before, after);
  if (changes.length === 0) return [voice({ key: 'rules.nothing-said', with: {} })];
  return changes.map((says) => voice({ key: 'rules.line', with: { rule: voice(says) } }));
};
