import { open, rm } from 'node:fs/promises';
import { z } from 'zod';

/** Names and amounts are in it: for its owner only. */
const FILE_MODE = 0o600;

/** How a file name ends, or the sentence that says how it must: "report.PDF" ends with "pdf". */
export const endingOf = <Ending extends string>(
  file: string,
  endings: readonly [Ending, ...Ending[]],
): { readonly ok: true; readonly ending: Ending } | { readonly ok: false; readonly problem: string } => {
  const found = z.enum(endings).safeParse(/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase());
  if (found.success) return { ok: true, ending: found.data };
  const ways = endings.map((ending) => `.${ending}`).join(' or ');
  return { ok: false, problem: `--out "${file}" must end with ${ways}: that says what to write.` };
};

/**
 * Writes a file that is not there yet.
 *
 * @returns the sentence that says why it could not be; then nothing is left of it
 */
export const writeNewFile = async (file: string, bytes: Uint8Array | string): Promise<string | undefined> => {
  try {
    const opened = await open(file, 'wx', FILE_MODE);
    try {
      await opened.writeFile(bytes);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await opened.close();
    }
    return undefined;
  } catch (error) {
    return problemOf(file, error);
  }
};

const problemOf = (file: string, error: unknown): string => {
  const code = z.object({ code: z.string() }).safeParse(error).data?.code;
  switch (code) {
    case 'EEXIST':
      return `"${file}" is there already and is left as it is. Give another name, or remove it first.`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `The folder of "${file}" is not there. Make it first, or give another place.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `"${file}" cannot be written: this account may not write in that folder. Give another place.`;
    case 'ENOSPC':
      return `"${file}" cannot be written: the disk is full. Make room, or give another place.`;
    default:
      return `"${file}" cannot be written (${code ?? String(error)}). Give another place.`;
  }
};
