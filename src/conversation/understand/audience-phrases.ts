import type { z } from 'zod';
import type { Part } from '../../domain/broadcast/audience.ts';
import type { GroupId } from '../../domain/ids.ts';
import { TRACKS } from '../../domain/lesson/lesson.ts';
import type { audienceSchema } from './audience-words.ts';
import { type HeardWord, heardWords, type Meant, meantBy } from './heard-word.ts';
import { fold } from './normalise.ts';

export type AudienceWords = z.infer<typeof audienceSchema>;

/** The names that may be said: the programme's, its groups', and their municipalities as the groups have them written. */
export type Places = {
  readonly programme: string;
  readonly groups: readonly { readonly id: GroupId; readonly name: string }[];
  readonly municipalities: readonly string[];
};

/** What a phrase or a name says. `not`: those of whom the part does not hold. */
export type Said =
  | { readonly type: 'named' | 'not'; readonly kind: keyof Part; readonly part: Part }
  | { readonly type: 'everyone' }
  | { readonly type: 'unseen' | 'except' | 'and' | 'or' | 'nor' | 'article' | 'filler' }
  | { readonly type: 'hint'; readonly kind: NameKind };

export type NameKind = 'groups' | 'municipalities';

/** `id`: what says the same has the same; `rank`: 0 as it is written, 1 a name without its article. */
export type Entry = {
  readonly words: readonly HeardWord[];
  readonly said: Said;
  readonly id: string;
  readonly rank: number;
};

/** `starts`: what begins with a word; `within`: the names that have it, and where. */
export type Phrases = {
  readonly starts: Meant<Entry>;
  readonly within: Meant<{ readonly entry: Entry; readonly from: number }>;
};

/** Everything that may be said of these places. */
export const compilePhrases = (places: Places, words: AudienceWords): Phrases => {
  const heads = new Set([...words.article, ...words.filler, ...words.group].map(fold));
  const names = [...groupNames(places), ...municipalityNames(places)];
  const programme: Entry = { words: heardWords(places.programme), said: EVERYONE, id: 'everyone', rank: 0 };
  const all = [...spokenOf(words), programme, ...names, ...names.flatMap((name) => headless(name, heads))];
  const inNames = names.flatMap((entry) => entry.words.map((_, from) => ({ entry, from })));
  return {
    starts: meantBy(all, (entry) => entry.words[0]),
    within: meantBy(inNames, ({ entry, from }) => entry.words[from]),
  };
};

/** A lexicon is compiled once: it is the same for every text. */
const spokenOf = (words: AudienceWords): readonly Entry[] => {
  const known = compiled.get(words) ?? spoken(words);
  compiled.set(words, known);
  return known;
};

const compiled = new WeakMap<AudienceWords, readonly Entry[]>();

const EVERYONE: Said = { type: 'everyone' };

const groupNames = ({ groups }: Places): Entry[] =>
  groups.map(({ id, name }) => ({
    words: heardWords(name),
    said: named('groups', { groups: [id] }),
    id,
    rank: 0,
  }));

/** One municipality that groups write in several ways is one: "Juchitán", "JUCHITAN". */
const municipalityNames = ({ municipalities }: Places): Entry[] => {
  const same = new Map<string, string[]>();
  for (const written of municipalities) {
    const key = heardWords(written)
      .map((word) => word.key)
      .join(' ');
    const others = same.get(key);
    if (others) others.push(written);
    else same.set(key, [written]);
  }
  return [...same].map(([key, written]) => ({
    words: heardWords(written[0] ?? ''),
    said: named('municipalities', { municipalities: written }),
    id: `in ${key}`,
    rank: 0,
  }));
};

/** "Jacarandas" for "Las Jacarandas", "Esperanza" for "Grupo La Esperanza". */
const headless = (name: Entry, heads: ReadonlySet<string>): Entry[] => {
  const from = name.words.findIndex(({ word }) => !heads.has(word));
  return from > 0 ? [{ ...name, words: name.words.slice(from), rank: 1 }] : [];
};

const named = (kind: keyof Part, part: Part): Said => ({ type: 'named', kind, part });

/** The phrases of a lexicon, each with what it says. */
const spoken = (words: AudienceWords): Entry[] => [
  ...(['everyone', 'unseen', 'except', 'and', 'or', 'nor', 'article', 'filler'] as const).flatMap((type) =>
    entries(words[type], { type }, type),
  ),
  ...entries(words.group, { type: 'hint', kind: 'groups' }, 'group'),
  ...entries(words.municipality, { type: 'hint', kind: 'municipalities' }, 'municipality'),
  ...(['member', 'leader', 'treasurer', 'secretary'] as const).flatMap((role) =>
    entries(words[role], named('roles', { roles: [role] }), role),
  ),
  ...entries(words.officers, named('roles', { roles: ['leader', 'treasurer', 'secretary'] }), 'officers'),
  ...(['es', 'en'] as const).flatMap((language) =>
    entries(words.languages[language], named('languages', { languages: [language] }), language),
  ),
  ...TRACKS.flatMap((track) => entries(words.tracks[track], named('tracks', { tracks: [track] }), track)),
  ...(['loan', 'late'] as const).flatMap((kind) => entries(words[kind], named(kind, { [kind]: true }), kind)),
  ...entries(words.noLoan, { type: 'not', kind: 'loan', part: { loan: true } }, 'noLoan'),
  ...entries(words.notLate, { type: 'not', kind: 'late', part: { late: true } }, 'notLate'),
];

const entries = (phrases: readonly string[], said: Said, id: string): Entry[] =>
  phrases.map((phrase) => ({ words: heardWords(phrase), said, id, rank: 0 }));
