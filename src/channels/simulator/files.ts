import type { OutgoingFile } from '../channel.ts';

/** All files of all phones together. The oldest is dropped first, and its bubble says so. */
const FILES_BYTES_MAX = 64 * 1024 * 1024;

/** The bytes behind the bubbles, in memory, under a key of ours. */
export type FileShelf = {
  /** The same key again replaces what was there. */
  put(key: string, file: OutgoingFile): void;
  get(key: string): OutgoingFile | undefined;
  remove(key: string): void;
};

/** @param onDropped called for every file that had to make room */
export function fileShelf(onDropped: (key: string) => void, bytesMax = FILES_BYTES_MAX): FileShelf {
  const files = new Map<string, OutgoingFile>();
  let bytesKept = 0;

  const remove = (key: string): void => {
    bytesKept -= files.get(key)?.bytes.byteLength ?? 0;
    files.delete(key);
  };

  return {
    get: (key) => files.get(key),
    remove,
    put(key, file) {
      remove(key);
      files.set(key, file);
      bytesKept += file.bytes.byteLength;
      for (const oldest of files.keys()) {
        if (bytesKept <= bytesMax) return;
        remove(oldest);
        onDropped(oldest);
      }
    },
  };
}
