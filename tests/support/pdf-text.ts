// Reads the words of a PDF back, as far as the PDFs of this program go: pages in order, words as Unicode by way of each
// font's ToUnicode table (ISO 32000-1, 9.10.3). Anything else it does not expect makes it throw.

import { inflateSync } from 'node:zlib';

export type PdfPage = {
  readonly width: number;
  readonly height: number;
  /** What was drawn in one go, in that order. */
  readonly texts: readonly string[];
};

export type Pdf = { readonly title: string; readonly pages: readonly PdfPage[] };

export const readPdf = (bytes: Uint8Array): Pdf => {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const find = (pattern: RegExp): PdfObject[] => [...objects.values()].filter((o) => pattern.test(o.head));
  const at = (number: string | undefined): PdfObject => {
    const object = objects.get(number ?? '');
    if (!object) throw new Error(`the PDF has no object ${number}`);
    return object;
  };
  const [tree] = find(/\/Type \/Pages\b/);
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(tree?.head ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)];
  const [info] = find(/\/Producer/);
  return {
    title: titleOf(info?.head ?? ''),
    pages: kids.map(([, kid]) => pageOf(at(kid), at)),
  };
};

type PdfObject = { readonly head: string; readonly body: string };

/** Read from front to back: what is packed may contain any bytes, so a stream is skipped by its length. */
const objectsOf = (file: string): Map<string, PdfObject> => {
  const objects = new Map<string, PdfObject>();
  const start = /(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nendobj|stream\r?\n)/g;
  for (let found = start.exec(file); found; found = start.exec(file)) {
    const [all, number = '', head = ''] = found;
    if (all.endsWith('endobj')) objects.set(number, { head, body: '' });
    else {
      const end = start.lastIndex + Number(/\/Length (\d+)/.exec(head)?.[1]);
      const stored = Buffer.from(file.slice(start.lastIndex, end), 'latin1');
      const body = head.includes('/FlateDecode') ? inflateSync(stored) : stored;
      objects.set(number, { head, body: body.toString('latin1') });
      start.lastIndex = end;
    }
  }
  return objects;
};

/** In brackets as Latin-1, or in hex as UTF-16. */
const titleOf = (head: string): string => {
  const [, plain, hex] = /\/Title (?:\(([^)]*)\)|<([0-9A-F]+)>)/i.exec(head) ?? [];
  if (hex === undefined) return plain ?? '';
  const bytes = Buffer.from(hex, 'hex').subarray(2);
  return bytes.swap16().toString('utf16le');
};

const pageOf = (page: PdfObject, at: (number: string | undefined) => PdfObject): PdfPage => {
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page.head) ?? [];
  const fontList = /\/Font <<([^>]*)>>/.exec(page.head)?.[1] ?? '';
  const fonts = new Map(
    [...fontList.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', number]) => [
      name,
      lettersOf(at(/\/ToUnicode (\d+) 0 R/.exec(at(number).head)?.[1]).body),
    ]),
  );
  const { body } = at(/\/Contents (\d+) 0 R/.exec(page.head)?.[1]);
  const texts = [...body.matchAll(/\bBT\n([\s\S]*?)\bET\b/g)].map(([, drawn = '']) => wordsOf(drawn, fonts));
  return { width: Number(width), height: Number(height), texts };
};

const wordsOf = (drawn: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string => {
  let letters: ReadonlyMap<number, string> | undefined;
  let words = '';
  for (const [, font, hex] of drawn.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-F]+)>/gi)) {
    if (font !== undefined) letters = fonts.get(font);
    for (const [glyph] of (hex ?? '').matchAll(/.{4}/g)) {
      const letter = letters?.get(Number.parseInt(glyph, 16));
      if (letter === undefined) throw new Error(`glyph ${glyph} stands for no letter`);
      words += letter;
    }
  }
  return words;
};

const lettersOf = (table: string): Map<number, string> => {
  const letters = new Map<number, string>();
  const rows = (kind: string): string =>
    [...table.matchAll(new RegExp(`beginbf${kind}\\n([\\s\\S]*?)endbf${kind}`, 'g'))]
      .map(([, r]) => r)
      .join('\n');
  for (const [, glyph = '', letter = ''] of rows('char').matchAll(/<(\w+)> <(\w+)>/g)) {
    letters.set(Number.parseInt(glyph, 16), Buffer.from(letter, 'hex').swap16().toString('utf16le'));
  }
  for (const [, from = '', to = '', letter = ''] of rows('range').matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
    const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    for (let n = first; n <= last; n += 1) {
      letters.set(n, String.fromCodePoint(Number.parseInt(letter, 16) + n - first));
    }
  }
  return letters;
};
