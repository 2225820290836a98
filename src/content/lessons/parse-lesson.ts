import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { BUBBLES, type Lesson } from '../../domain/lesson/lesson.ts';
import type { Beside } from './beside.ts';
import type { LessonFault } from './fault.ts';
import { lessonHeader } from './header.ts';
import { readSections } from './sections.ts';

/** A lesson is about 3,000 characters. */
const LESSON_CHARS_MAX = 20_000;
const FILE = /^locales\/([^/]+)\/lessons\/([^/]+)\/(\d\d)-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/u;
const FRONT_MATTER = /^---\n([\s\S]*?\n)---\n/u;

/** A lesson as its file holds it. */
export type LessonFile = {
  readonly file: string;
  /** The folder's: a BCP-47 tag such as "es" or "tzo". */
  readonly language: string;
  /** The same in every language: "finance/04-emergency-money.md". */
  readonly name: string;
  /** Its place in the track, by the file's name. */
  readonly place: number;
  readonly lesson: Lesson;
  /** The files that stand beside it, by name; undefined where nobody looked. */
  readonly beside?: ReadonlyMap<string, Beside>;
  /** The line of a field ("quiz.answer") or of a section ("fact"); of the field above it where it has none. */
  readonly lineOf: (place: string) => number;
};

export type LessonReading =
  | { readonly ok: true; readonly read: LessonFile }
  | { readonly ok: false; readonly faults: readonly LessonFault[] };

/**
 * Reads one lesson file: YAML between two lines "---", then the sections. Every fault of the header is said at once.
 * What it says is not looked at: `checkLessons` does.
 *
 * @param file the path from the repository's root, with "/"
 */
export const parseLesson = (file: string, written: string): LessonReading => {
  const refused = (faults: readonly Omit<LessonFault, 'file'>[]): LessonReading => ({
    ok: false,
    faults: faults.map((fault) => ({ file, ...fault })),
  });
  const [, language, track, place] = FILE.exec(file) ?? [];
  if (language === undefined || !isLanguageTag(language))
    return refused([{ line: 1, problem: 'is not named locales/<language>/lessons/<track>/<nn>-<slug>.md' }]);
  if (written.length > LESSON_CHARS_MAX)
    return refused([{ line: 1, problem: `is longer than ${LESSON_CHARS_MAX} characters` }]);
  const text = written.replaceAll('\r\n', '\n');
  const [matter, yaml] = FRONT_MATTER.exec(text) ?? [];
  if (matter === undefined || yaml === undefined)
    return refused([{ line: 1, problem: 'does not begin with a header between two lines "---"' }]);

  const header = readHeader(yaml);
  if (!header.ok) return refused(header.faults);
  if (header.value.track !== track)
    return refused([
      { line: header.lineOf('track'), problem: `track is ${header.value.track}, and the folder ${track}` },
    ]);
  const body = readSections(text.slice(matter.length), matter.split('\n').length);
  if (!body.ok) return refused(body.faults.map((fault) => ({ line: fault.line, problem: fault.text })));
  const { fact, why, action } = body.sections;
  const isSection = (name: string): name is 'fact' => BUBBLES.some((bubble) => bubble === name);
  return {
    ok: true,
    read: {
      file,
      language,
      name: file.split('/').slice(3).join('/'),
      place: Number(place),
      lesson: { ...header.value, bubbles: { fact: fact.text, why: why.text, action: action.text } },
      lineOf: (name) => (isSection(name) ? body.sections[name].line : header.lineOf(name)),
    },
  };
};

type Header = z.output<typeof lessonHeader>;
type HeaderReading =
  | { readonly ok: true; readonly value: Header; readonly lineOf: (place: string) => number }
  | { readonly ok: false; readonly faults: readonly Omit<LessonFault, 'file'>[] };

const readHeader = (yaml: string): HeaderReading => {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  // The header begins on the second line of the file.
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1;
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    return {
      ok: false,
      faults: broken.map(({ message, pos: [offset] }) => ({
        line: lineAt(offset),
        problem: `the header is not YAML: ${message.split(/ at line|:?\n/u)[0]}`,
      })),
    };
  const lineOf = (place: string): number => lineAt(offsetOf(document, place.split('.')));
  const plain = plainValue(document);
  if (plain === undefined)
    return { ok: false, faults: [{ line: 1, problem: 'the header has more aliases than a header needs' }] };
  const parsed = lessonHeader.safeParse(plain.value);
  if (parsed.success) return { ok: true, value: parsed.data, lineOf };
  return {
    ok: false,
    faults: parsed.error.issues.map((issue) => ({
      line: lineOf(placeOf(issue)),
      problem: problemOf(issue, document.hasIn(issue.path)),
    })),
  };
};

/** Where the field begins, or else the nearest one around it that is there. */
const offsetOf = (document: Document, place: readonly string[]): number => {
  const parent = place.length > 1 ? document.getIn(place.slice(0, -1), true) : document.contents;
  const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === place.at(-1)) : undefined;
  if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  return place.length > 1 ? offsetOf(document, place.slice(0, -1)) : 0;
};

/** The header as plain values; undefined when its aliases unfold without measure, which `yaml` refuses by throwing. */
const plainValue = (document: Document): { readonly value: unknown } | undefined => {
  try {
    return { value: document.toJS() };
  } catch {
    return undefined;
  }
};

const placeOf = (issue: z.core.$ZodIssue): string =>
  [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.');

const problemOf = (issue: z.core.$ZodIssue, isThere: boolean): string => {
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => `"${key}"`).join(', ')} is no field of ${place === '' ? 'a lesson' : place}`;
  if (!isThere) return `${place} is missing`;
  return place === '' ? `the header ${issue.message}` : `${place} ${issue.message}`;
};

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
