import { readFileSync } from 'node:fs';
import { GlobalFonts } from '@napi-rs/canvas';

/**
 * Andika, drawn for people who are learning to read: its letters are told apart easily, and its zero is not crossed
 * out. `LATIN_MORE` has its letters for names in languages beside Spanish and English.
 */
const LATIN = [
  import.meta.resolve('@fontsource/andika/files/andika-latin-400-normal.woff2'),
  import.meta.resolve('@fontsource/andika/files/andika-latin-700-normal.woff2'),
];
const LATIN_MORE = [
  import.meta.resolve('@fontsource/andika/files/andika-latin-ext-400-normal.woff2'),
  import.meta.resolve('@fontsource/andika/files/andika-latin-ext-700-normal.woff2'),
];

/** What a letter is looked for in, in that order. */
export const FAMILIES = '"Comadre", "Comadre more"';

let ready = false;

/** The font comes with the program: a small server has none, and every server draws the same. */
export const loadFonts = (): void => {
  if (ready) return;
  for (const file of LATIN) register(file, 'Comadre');
  for (const file of LATIN_MORE) register(file, 'Comadre more');
  ready = true;
};

const register = (file: string, family: string): void => {
  if (!GlobalFonts.register(readFileSync(new URL(file)), family)) throw new Error(`${file} is no font`);
};
