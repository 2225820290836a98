import { BUBBLES, type Bubble } from '../../domain/lesson/lesson.ts';

type Line = { readonly text: string; readonly line: number };
/** The text of a bubble, and the line of its heading. */
export type Section = Line;
export type SectionsReading =
  | { readonly ok: true; readonly sections: Readonly<Record<Bubble, Section>> }
  | { readonly ok: false; readonly faults: readonly Line[] };

const HEADINGS = BUBBLES.map((bubble) => `# ${bubble}`);
const FORMATTING = /\*\*|\]\(|`|^\s*(?:[-*>]|\d+\.)\s/u;

/**
 * The body of a lesson file: "# fact", "# why" and "# action", each once and in this order. Lines of a paragraph are
 * joined, an empty line begins another. Headings of any other name, text before the first, empty sections and
 * formatting, which telephones show as it is written, are refused.
 *
 * @param firstLine the line of the file on which the body begins
 */
export const readSections = (body: string, firstLine: number): SectionsReading => {
  const lines = body.split('\n').map((text, at) => ({ text: text.trim(), line: firstLine + at }));
  const headings = lines.filter(({ text }) => text.startsWith('#'));
  const start = headings[0]?.line ?? Infinity;
  const before = lines.find(({ text, line }) => text !== '' && line < start);
  if (before) return refused(before.line, 'text stands before "# fact"');
  const strange = headings.find(({ text }) => !HEADINGS.includes(text));
  if (strange)
    return refused(strange.line, `"${strange.text}" is no section: they are ${HEADINGS.join(', ')}`);
  const found = headings.map(({ text }) => text);
  if (found.join() !== HEADINGS.join())
    return refused(
      headings[0]?.line ?? firstLine,
      `the sections are ${found.join(', ') || 'missing'}; each of ${HEADINGS.join(', ')} is needed once, in this order`,
    );
  const inside = (at: number): Line[] => {
    const from = headings[at]?.line ?? 0;
    const to = headings[at + 1]?.line ?? Infinity;
    return lines.filter(({ line }) => line > from && line < to);
  };
  const faults = headings.flatMap((heading, at) => faultsIn(heading, inside(at)));
  if (faults.length > 0) return { ok: false, faults };
  const section = (at: number): Section => ({
    line: headings[at]?.line ?? firstLine,
    text: paragraphs(inside(at).map(({ text }) => text)),
  });
  return { ok: true, sections: { fact: section(0), why: section(1), action: section(2) } };
};

const paragraphs = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .trim()
    .split(/\n{2,}/u)
    .map((paragraph) => paragraph.replaceAll('\n', ' '))
    .join('\n');

const faultsIn = (heading: Line, inside: readonly Line[]): Line[] => {
  if (inside.every(({ text }) => text === '')) return [{ ...heading, text: `${heading.text} is empty` }];
  return inside
    .filter(({ text }) => FORMATTING.test(text))
    .map(({ line }) => ({ line, text: `${heading.text} has formatting; a telephone shows the marks` }));
};

const refused = (line: number, text: string): SectionsReading => ({
  ok: false,
  faults: [{ line, text }],
});
