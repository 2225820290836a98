import { open } from 'node:fs/promises';
import { FILE_BYTES_MAX } from './import-file.ts';

/**
 * A file that somebody brings, by its name. Of one that is too large no more is read than shows that it is: nobody fills
 * the memory with a film, or with a file that has no end.
 *
 * @throws when there is no such file, or it is not ours to read
 */
export const readBrought = async (file: string): Promise<Uint8Array> => {
  const opened = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(FILE_BYTES_MAX + 1);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await opened.read(bytes, filled, bytes.length - filled, null);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await opened.close();
  }
};
