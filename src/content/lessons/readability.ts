// How easy a text is to read, by published indices: the higher, the easier. They count syllables, words and sentences;
// whether a word is known in San Mateo del Mar they do not know.

/** Words and sentences as the indices count them: a figure is no word, a line end ends a sentence. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];

export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])[»”"')]*\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/**
 * Szigriszt-Pazos: 206.835 − 62.3 × syllables/words − words/sentences. On the INFLESZ scale 65 to 80 is "fairly easy",
 * the level of primary school, and above 80 "very easy".
 *
 * @see Szigriszt Pazos 1993; Barrio-Cantalejo et al., An Sist Sanit Navar 2008; 31(2): 135-152
 */
export const perspicuity = (text: string): number => index(text, spanishSyllables, [206.835, 62.3, 1]);

/**
 * Reading ease: 206.835 − 84.6 × syllables/words − 1.015 × words/sentences. 70 to 80 is the sixth school year, 80 to 90
 * the fifth. Syllables of English are counted by the usual rule of thumb, which is wrong in about one word of ten.
 *
 * @see Flesch, Journal of Applied Psychology 1948; 32(3): 221-233
 */
export const readingEase = (text: string): number => index(text, englishSyllables, [206.835, 84.6, 1.015]);

const index = (
  text: string,
  syllablesIn: (word: string) => number,
  [constant, ofSyllables, ofWords]: readonly [number, number, number],
): number => {
  const words = wordsOf(text);
  const sentences = sentencesOf(text);
  if (words.length === 0 || sentences.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return constant - ofSyllables * (syllables / words.length) - ofWords * (words.length / sentences.length);
};

const VOWELS = /[aeiouáéíóúü]+/gu;
/** Two vowels that are two syllables. */
const HIATUS = /[aeoáéó]{2}|[íú]/u;

/** Syllables of a Spanish word: two strong vowels part, and so do a stressed í or ú and its neighbour. */
export const spanishSyllables = (word: string): number => {
  const heard = word
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('qu', 'k')
    .replace(/gu(?=[eiéí])/gu, 'g')
    .replace(/y$/u, 'i');
  const syllables = (heard.match(VOWELS) ?? []).reduce((sum, group) => {
    const pairs = Array.from(group.slice(1), (_, at) => group.slice(at, at + 2));
    return sum + 1 + pairs.filter((pair) => HIATUS.test(pair)).length;
  }, 0);
  return Math.max(1, syllables);
};

/** Syllables of an English word: groups of vowels, without the silent endings. */
export const englishSyllables = (word: string): number => {
  const heard = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/u, '')
    .replace(/^y/u, '');
  return Math.max(1, heard.match(/[aeiouy]+/gu)?.length ?? 0);
};
