import { z } from 'zod';
import type { Language } from '../message.ts';
import { ageSchema } from './age-words.ts';
import { audienceSchema } from './audience-words.ts';
import { lessonWorkSchema } from './lesson-work.ts';
import { daysSchema } from './lexicon-days.ts';
import { INTENTS } from './meaning.ts';
import type { Model } from './model.ts';
import { momentSchema } from './moment-words.ts';
import { staffWorkSchema } from './staff-work.ts';

/** A lexicon is small: these only keep a mistaken file from becoming a slow bot. */
const ENTRIES_MAX = 600;
const PHRASE_CHARS_MAX = 60;

const phrase = z.string().min(1).max(PHRASE_CHARS_MAX);
const phrases = z.array(phrase).max(ENTRIES_MAX);

const numbers = z.strictObject({
  /** Number words to their value in digits, up to 999. */
  words: z.record(phrase, z.string().regex(/^\d{1,3}$/)),
  /** "hundred" and "cientos": a unit before them is multiplied. */
  hundreds: phrases,
  thousands: phrases,
  millions: phrases,
  /** Words between tens and units ("y") and after hundreds ("and"). */
  tensJoiners: phrases,
  hundredsJoiners: phrases,
  currency: phrases,
  /** Money that is not the group's: never read. */
  otherCurrency: phrases,
  cents: phrases,
  centsJoiners: phrases,
  halves: phrases,
  minus: phrases,
  /** Phrases with a number word in them that say no number: "mil gracias". */
  idioms: phrases,
  /** A number before one of these is a time or a quantity: "40 años". */
  counted: phrases,
  /** A number before one of these, with or without a joiner, is a day: "12 de marzo". */
  months: phrases,
  dateJoiners: phrases,
  /** A number after one of these is an hour, a week or a day: "a las 5", "semana 4". */
  countedAfter: phrases,
  /** Phrases that make an amount a guess: "como 200", "casi 300". */
  about: phrases,
  /** Words that may stand around an amount that was asked for. */
  around: phrases,
});

const urgent = z.strictObject({
  /** A word that ends in * stands for everything that begins with it. */
  phrases,
  /** These are danger only when nothing else is said: "policía" is a cry, "mi hermano es policía" is none. */
  alone: phrases,
  /** Words that look like one of the above and are not: "paga" is not a misspelt "pega". */
  ordinary: phrases,
  /** Phrases that are taken out before looking: "fondo de emergencia". */
  never: phrases,
});

const intent = z.strictObject({
  phrases,
  /** Sets of words that must all be there, in any order. */
  keywords: z.array(z.array(phrase).min(1).max(6)).max(ENTRIES_MAX).default([]),
  /** One of these words and it is not this intent. */
  unless: phrases.default([]),
  /** What follows one of the aim words ("para", "de") is free text and says nothing against it. */
  free: z.boolean().default(false),
  /** It is about members, or of herself: a name beside its words says nothing against it. */
  names: z.boolean().default(false),
});

const nicknames = z.strictObject({
  /** A name to what she may be called or how it may be written. */
  nicknames: z.record(phrase, phrases),
  /** Given names of their own: never taken for a misspelling of another name. */
  names: phrases,
  honorifics: phrases,
  connectors: phrases,
  /** "número 3", "socia 3": the number in the group's list. */
  numbered: phrases,
});

const words = z.strictObject({
  /** Everyday words: never taken for a misspelling of another. */
  ordinary: phrases,
  /** What may be said in a leader's list, by what it does there. */
  list: z.strictObject({
    all: phrases,
    rest: phrases,
    except: phrases,
    each: phrases,
    paid: phrases,
    unpaid: phrases,
    absent: phrases,
    same: phrases,
    and: phrases,
    to: phrases,
    link: phrases,
    no: phrases,
    total: phrases,
    lent: phrases,
    fined: phrases,
    /** To fine somebody, as a verb: it says so only where a clause begins and a member follows. */
    fining: phrases,
    /** Money that went to her: a loan or a fine when it is called one, otherwise nobody can tell. */
    given: phrases,
    /** "anótale 100 a Ana": written down for her, so the money is hers and did not go to her. */
    noted: phrases,
    received: phrases,
    /** "nadie pagó": nobody gave anything. */
    nonePaid: phrases,
    /** "son 300": a total when an amount follows and the line ends there. */
    sum: phrases,
    /** "me debe": money between two people, or something else the group's book knows nothing of. */
    between: phrases,
    self: phrases,
    /** "la lista": what was said before it was a greeting. */
    opening: phrases,
    filler: phrases,
  }),
  purposes: z.strictObject({ savings: phrases, loan: phrases, fine: phrases, social: phrases }),
  /** What a member says of money she gave. */
  report: z.strictObject({
    paid: phrases,
    claim: phrases,
    /** Not yet, not so, or not she: then it is no report. */
    against: phrases,
    /** Who or what in the group received it. */
    receiver: phrases,
    /** Where something is put down: alone it says nothing of the group's money. */
    place: phrases,
    /** Money for something that is not the group's. */
    outside: phrases,
    filler: phrases,
  }),
  /** What a member says of money that was written down otherwise than she gave it. */
  dispute: z.strictObject({
    /** "me pusieron 100". */
    noted: phrases,
    /** "di 200, no 100". */
    contrast: phrases,
  }),
  /** Words that carry no meaning of their own in any message. */
  filler: phrases,
  /** "soy Ana": a name behind one of these is hers. */
  introduces: phrases,
  aim: phrases,
  join: phrases,
  /** What a group that saves by shares counts in. */
  shares: phrases,
  abbreviations: z.record(phrase, phrase),
  languages: z.strictObject({ es: phrases, en: phrases }),
  /** What money leaves the box for. */
  outs: z.strictObject({ withdrawal: phrases, grant: phrases, expense: phrases }),
  topics: z.record(z.string().regex(/^[a-z-]{1,20}$/), phrases),
});

const schema = z.strictObject({
  numbers,
  urgent,
  intents: z.partialRecord(z.enum(INTENTS), intent),
  nicknames,
  words,
  days: daysSchema,
  'lesson-work': lessonWorkSchema,
  'staff-work': staffWorkSchema,
  audience: audienceSchema,
  moment: momentSchema,
  age: ageSchema,
});

/** The names of the files of a lexicon, without `.json`, in `locales/<lang>/understand/`. */
export const LEXICON_FILES: readonly string[] = Object.keys(schema.shape);

/** `model`: the second opinion, the same in every language; without one, what no phrase decides is asked about. */
export type Lexicon = z.infer<typeof schema> & { readonly language: Language; readonly model?: Model };
export type Lexicons = Readonly<Record<Language, Lexicon>>;
export type ListWord = keyof Lexicon['words']['list'];

/**
 * The lexicon of one language, from the parsed JSON of its files by name.
 *
 * @throws z.ZodError naming the file and the key when a file is missing or has a shape we do not know
 */
export const parseLexicon = (language: Language, files: Record<string, unknown>): Lexicon => ({
  language,
  ...schema.parse(files),
});

/** The same lexicons, with a second opinion on what they do not decide. */
export const withModel = ({ es, en }: Lexicons, model: Model): Lexicons => ({
  es: { ...es, model },
  en: { ...en, model },
});
