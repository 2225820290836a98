// The files of the key as a backup carries them, and back into their place.

import fs from 'node:fs';
import { BackupRefused, type RootLine } from './backup-format.ts';
import { generationFile, generationsHere, indexFile, placeNewFile } from './key-file.ts';

/** Every file of the key. */
export const readRoots = (keyFile: string): RootLine => ({
  generations: Object.fromEntries(
    generationsHere(keyFile).map((generation) => [
      String(generation),
      fs.readFileSync(generationFile(keyFile, generation)).toString('base64'),
    ]),
  ),
  index: fs.existsSync(indexFile(keyFile)) ? fs.readFileSync(indexFile(keyFile)).toString('base64') : null,
});

/**
 * Puts the files of a key where they belong. One that is there already must be the same.
 *
 * @throws BackupRefused before anything is written, when another key is there
 */
export const placeRoots = (keyFile: string, roots: RootLine): void => {
  const files = Object.entries(roots.generations).map(
    ([generation, bytes]) =>
      [generationFile(keyFile, Number(generation)), Buffer.from(bytes, 'base64')] as const,
  );
  if (roots.index !== null) files.push([indexFile(keyFile), Buffer.from(roots.index, 'base64')]);
  const other = files.find(([file, bytes]) => fs.existsSync(file) && !fs.readFileSync(file).equals(bytes));
  if (other)
    throw new BackupRefused(
      `${other[0]} is there, and is the key of something else. Move it away, or name another place with --key-file.`,
    );
  for (const [file, bytes] of files) placeNewFile(file, bytes);
};
