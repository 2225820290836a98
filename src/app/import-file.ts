// Files that people bring: read as text, or refused in words.

/** A programme of 2,000 groups would be larger, and nobody types one. */
export const FILE_BYTES_MAX = 2 * 1024 * 1024;

/** What is wrong in a file that was brought, and what to do about it. */
export type FileFault = {
  /** Where: `groups[0].members[2].opening.savings`, or `line 5, column savings`. */
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
};

export const faultAt = (place: string, problem: string, remedy: string): FileFault => ({
  place,
  problem,
  remedy,
});

export type TextReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: FileFault };

/** The text of a file, without its byte order mark. UTF-8 only, at most 2 MB. */
export function readText(file: Uint8Array | string): TextReading {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  if (bytes.length > FILE_BYTES_MAX) {
    return refused('is larger than 2 MB', 'split it into several files');
  }
  const asUtf8 = 'save it as UTF-8: in Excel "CSV UTF-8", in LibreOffice the character set "Unicode (UTF-8)"';
  if (isUtf16(bytes)) return refused('is UTF-16 text', asUtf8);
  if (bytes.includes(0)) return refused('holds NUL bytes, so it is not a text file', asUtf8);
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused('is not UTF-8 text', asUtf8);
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function refused(problem: string, remedy: string): TextReading {
  return { ok: false, fault: faultAt('the file', problem, remedy) };
}
