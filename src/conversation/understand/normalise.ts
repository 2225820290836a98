/** Shorter words say too little when they are only heard: "he" and "e" are not the same word. */
const HEARD_LETTERS_MIN = 4;

/** Lower case without accents, invisible characters or letters drawn out ("Siiií" becomes "si"). For comparing only. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1');

/** A text folded, its words one space apart, without punctuation at either end: for meeting a label she copied. */
export const normalise = (text: string): string =>
  fold(text)
    .split(/\s+/u)
    .join(' ')
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\s]+$/gu, '');

/** Spellings that sound alike in Mexican Spanish; each pair is applied in this order. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ch/g, '\u0001'],
  [/ph/g, 'f'],
  [/h/g, ''],
  [/qu(?=[ei])/g, 'k'],
  [/c(?=[ei])/g, 's'],
  [/[cq]/g, 'k'],
  [/g(?=[ei])/g, 'j'],
  [/gu(?=[ei])/g, 'g'],
  [/z/g, 's'],
  [/v/g, 'b'],
  [/ll/g, 'i'],
  [/y/g, 'i'],
  [/(.)\1/g, '$1'],
];

/** How a folded word sounds, so that "kuanto yevo" meets "cuánto llevo". Short words stay as they are written. */
export const soundOf = (folded: string): string =>
  folded.length < HEARD_LETTERS_MIN
    ? folded
    : SOUNDS.reduce((word, [spelling, sound]) => word.replace(spelling, sound), folded);

/** The words of a lexicon phrase, each as it sounds. */
export const phraseKeys = (phrase: string): string[] =>
  fold(phrase)
    .split(/[^\p{L}\p{N}*/]+/u)
    .filter((word) => word !== '')
    .map(soundOf);
