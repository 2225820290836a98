import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = new URL('./simulator-page/', import.meta.url);
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type PageFile = { readonly path: string; readonly contentType: string; readonly content: string };

/** What stands on the page only where a pilot's telephone is linked. */
const PILOT = /<!--pilot-->(?<shown>.*?)<!--\/pilot-->/su;

/**
 * The files of the page, read once: the page itself is at /simulator, what it asks for below.
 *
 * @param pilot where the QR of the pilot's telephone is; undefined: there is none
 */
export const simulatorPage = (programme: string, pilot: string | undefined): readonly PageFile[] =>
  readdirSync(folder).flatMap((name) => {
    const contentType = CONTENT_TYPES[path.extname(name)];
    if (contentType === undefined) return [];
    const content = readFileSync(new URL(name, folder), 'utf8');
    return {
      path: name === 'index.html' ? '/simulator' : `/simulator/${name}`,
      contentType,
      content: content
        .replace(PILOT, pilot === undefined ? '' : '$<shown>')
        .replaceAll('{{pilot}}', () => escaped(pilot ?? ''))
        .replaceAll('{{programme}}', () => escaped(programme)),
    };
  });

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
