import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Beside, besideOf, bytesMaxOf } from '../content/lessons/beside.ts';
import type { LessonFault } from '../content/lessons/fault.ts';
import type { LessonFile } from '../content/lessons/parse-lesson.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { sha256Hex } from '../store/sha256.ts';

/** The pictures and recordings beside lessons, by the SHA-256 of what is in them. */
export type LessonFiles = ReadonlyMap<string, { readonly mime: string; readonly at: URL }>;

/** What stands in each folder of lessons beside them, by folder and name. */
export type BesideIn = ReadonlyMap<string, ReadonlyMap<string, Beside>>;

/**
 * Looks at every picture and recording in the folders of lessons.
 *
 * @param files "es/lessons/finance/two-piles.png"
 */
export const readBeside = (folder: URL, files: readonly string[]): BesideIn => {
  const all = new Map<string, Map<string, Beside>>();
  for (const file of files) {
    const { dir, base } = path.posix.parse(file);
    const at = new URL(file, folder);
    const { size } = statSync(at);
    const bytes = size > bytesMaxOf(base) ? undefined : readFileSync(at);
    const beside = all.get(dir) ?? new Map<string, Beside>();
    all.set(dir, beside.set(base, besideOf(size, bytes && { bytes, hash: sha256Hex(bytes) })));
  }
  return all;
};

/** Files that no lesson of their folder names: a name that was misspelled, or what nobody is to get. */
export const unnamedFaults = (beside: BesideIn, lessons: readonly LessonFile[]): LessonFault[] => {
  const named = new Set(
    lessons.flatMap(({ file, lesson: { image, audio } }) =>
      [image?.file, audio?.file].map((name) => path.posix.join(path.posix.dirname(file), name ?? '')),
    ),
  );
  return [...beside].flatMap(([dir, files]) =>
    [...files.keys()]
      .map((name) => `locales/${dir}/${name}`)
      .filter((file) => !named.has(file))
      .map((file) => ({ file, line: 1, problem: 'is named by no lesson of its folder' })),
  );
};

/** The files of these lessons, for sending. */
export const lessonFiles = (folder: URL, lessons: readonly LessonFile[]): LessonFiles =>
  new Map(
    lessons.flatMap(({ file, lesson: { image, audio }, beside }) =>
      [image, audio].flatMap((one) => {
        const read = one && beside?.get(one.file)?.read;
        if (!read?.is.ok || !one) return [];
        const at = new URL(
          path.posix.join(path.posix.dirname(file).replace(/^locales\//u, ''), one.file),
          folder,
        );
        return [[read.hash, { mime: read.is.mime, at }] as const];
      }),
    ),
  );

/** The bytes of such a file; undefined when it is none, or was changed since the program began. */
export const readLessonFile = async (
  files: LessonFiles,
  hash: string,
): Promise<{ readonly hash: string; readonly mime: string; readonly bytes: Uint8Array } | undefined> => {
  const file = files.get(hash);
  if (!file) return undefined;
  const bytes = await readFile(file.at);
  return sha256Hex(bytes) === hash ? { hash, mime: file.mime, bytes } : undefined;
};

/** The hashes of all pictures and recordings that lessons name: they are kept while they are. */
export const hashesIn = (catalogue: Catalogue): string[] =>
  [...catalogue.values()].flatMap((languages) =>
    [...languages.values()].flatMap(({ image, audio }) =>
      [image?.hash, audio?.hash].filter((hash) => hash !== undefined),
    ),
  );
