/** Shorter words say too little when they are only heard: "he" and "e" are not the same word. */
const HEARD_LETTERS_MIN = 4;

const PLAIN = /^[\0-\x7f]*$/;

/** Lower case without accents, invisible characters or letters drawn out ("Siiií" becomes "si"). For comparing only. */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  const bare = PLAIN.test(lower) ? lower : lower.normalize('NFD').replace(/[\p{M}\p{Cf}]/gu, '');
  return hasDrawnOut(bare) ? bare.replace(/(\p{L})\1{2,}/gu, '$1') : bare;
};

/** Whether some character stands three times in a row; of those beyond the first 65,536 it only says that it may. */
const hasDrawnOut = (text: string): boolean => {
  let run = 1;
  for (let at = 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) return true;
    run = code === text.charCodeAt(at - 1) ? run + 1 : 1;
    if (run === 3) return true;
  }
  return false;
};

/** A text folded, its words one space apart, without punctuation at either end: for meeting a label she copied. */
export const normalise = (text: string): string => {
  const words = fold(text).split(/\s+/u).join(' ');
  return words.slice(0, bareEnd(words)).replace(/^[\p{P}\p{S}\s]+/gu, '');
};

/** Where the punctuation and spaces at the end begin. By hand: an expression tries every start in turn. */
const bareEnd = (text: string): number => {
  let end = text.length;
  while (end > 0) {
    const code = text.charCodeAt(end - 1);
    const start = code >= 0xdc00 && code <= 0xdfff ? end - 2 : end - 1;
    if (!/^[\p{P}\s]$/u.test(text.slice(Math.max(start, 0), end))) break;
    end = start;
  }
  return end;
};

/** Letters that sound like another one wherever they stand, in Mexican Spanish. */
const SOUNDS: Readonly<Record<string, string>> = { c: 'k', q: 'k', z: 's', v: 'b', y: 'i' };
/** The sound of "ch" is of its own: no letter is left for it. */
export const CH = '\u0001';

/** How a folded word sounds, so that "kuanto yevo" meets "cuánto llevo". Short words stay as they are written. */
export const soundOf = (folded: string): string => {
  if (folded.length < HEARD_LETTERS_MIN) return folded;
  const word = folded.includes('h')
    ? folded.replace(/[cp]?h/g, (spelling) => (spelling === 'ch' ? CH : spelling === 'ph' ? 'f' : ''))
    : folded;
  let heard = '';
  let last = '';
  for (let at = 0; at < word.length; ) {
    const { sound, letters } = soundAt(word, at);
    // A sound written twice is one; written three times, two.
    if (sound !== last) heard += sound;
    last = sound === last ? '' : sound;
    at += letters;
  }
  return heard;
};

/** The sound that begins here, and how many letters spell it. */
const soundAt = (word: string, at: number): { sound: string; letters: number } => {
  const letter = word.charAt(at);
  const next = word.charAt(at + 1);
  const soft = next === 'e' || next === 'i';
  if (letter === 'l' && next === 'l') return { sound: 'i', letters: 2 };
  if ((letter === 'q' || letter === 'g') && next === 'u') {
    const after = word.charAt(at + 2);
    if (after === 'e' || after === 'i') return { sound: letter === 'q' ? 'k' : 'g', letters: 2 };
  }
  if (soft && letter === 'c') return { sound: 's', letters: 1 };
  if (soft && letter === 'g') return { sound: 'j', letters: 1 };
  return { sound: SOUNDS[letter] ?? letter, letters: 1 };
};

/** The words of a lexicon phrase, each as it sounds. */
export const phraseKeys = (phrase: string): string[] =>
  fold(phrase)
    .split(/[^\p{L}\p{N}*/]+/u)
    .filter((word) => word !== '')
    .map(soundOf);
