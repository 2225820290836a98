// The files of the repository, as the rules of tidy.test.ts see them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What .gitignore leaves out, and git's own folder. */
const NOT_OURS = /^(\.git|node_modules|dist|dist\..*|data|coverage|\.cache)$/;

/** Every file under `folder` whose name ends with `ending`, as paths from the root with "/". */
export function filesUnder(folder: string, ending = ''): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.test(entry.name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(file, ending);
      return entry.isFile() && file.endsWith(ending) ? [file] : [];
    })
    .sort();
}

/** The modules we write ourselves: src/ without what is generated. */
export const sourceFiles = (): string[] =>
  filesUnder('src', '.ts').filter((file) => !file.startsWith('src/generated/'));

export const isThere = (file: string): boolean => existsSync(path.join(ROOT, file));

export const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

export const jsonOf = (file: string): unknown => JSON.parse(textOf(file));

/** "file:line: the line" for each line that `is` wrong. */
export const linesWhere = (file: string, is: (line: string) => boolean): string[] =>
  textOf(file)
    .split('\n')
    .flatMap((line, index) => (is(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
