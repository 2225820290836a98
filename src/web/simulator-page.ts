import { readFileSync } from 'node:fs';

const files = [
  { path: '/simulator', name: 'index.html', contentType: 'text/html; charset=utf-8' },
  { path: '/simulator/simulator.css', name: 'simulator.css', contentType: 'text/css; charset=utf-8' },
  { path: '/simulator/simulator.js', name: 'simulator.js', contentType: 'text/javascript; charset=utf-8' },
  { path: '/simulator/phone.js', name: 'phone.js', contentType: 'text/javascript; charset=utf-8' },
  { path: '/simulator/bubbles.js', name: 'bubbles.js', contentType: 'text/javascript; charset=utf-8' },
  { path: '/simulator/icon.svg', name: 'icon.svg', contentType: 'image/svg+xml' },
] as const;

type PageFile = { readonly path: string; readonly contentType: string; readonly content: string };

/** The files of the page, read once. Throws when one is missing beside this module. */
export const simulatorPage = (programme: string): readonly PageFile[] =>
  files.map(({ path, name, contentType }) => {
    const content = readFileSync(new URL(`./simulator-page/${name}`, import.meta.url), 'utf8');
    return { path, contentType, content: content.replaceAll('{{programme}}', () => escaped(programme)) };
  });

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
