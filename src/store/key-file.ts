// The root key: 32 random bytes in a file of their own, never in the database. Later generations lie beside the first, as
// <file>.2, <file>.3 and so on; <file>.index holds what is left of the first one once it is retired (ADR 15).

import { hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** 256 bits, the key size of AES-256 and the output size of SHA-256. */
const KEY_BYTES = 32;

/** The key file cannot be used. The message is for the operator. */
export class KeyFileRefused extends Error {
  override name = 'KeyFileRefused';
}

export type RootKey = {
  /** The first generation; absent once it was retired. */
  readonly bytes?: Buffer | undefined;
  /** A later generation. The disk is looked at each time it is asked for one it has not read yet. */
  readonly later?: (generation: number) => Buffer | undefined;
  /** The key of an index by its label, once it cannot be derived from the first generation any more. */
  readonly indexes?: ((label: string) => Buffer) | undefined;
  /** Whether the file was made just now. With a database that already has members this means the key is lost. */
  readonly created: boolean;
  /** For the operator's log, in plain words; empty when all is well. */
  readonly warnings: readonly string[];
};

/** The key for one purpose out of a root: HKDF-SHA-256 (RFC 5869) without a salt. */
export const deriveBytes = (root: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', root, '', label, KEY_BYTES));

/** Where a generation's file is: the first one is the key file itself. */
export const generationFile = (file: string, generation: number): string =>
  generation === 1 ? file : `${file}.${generation}`;

/** Where the keys of the indexes are once the first generation is retired. */
export const indexFile = (file: string): string => `${file}.index`;

/** The generations whose files are here, ascending. */
export const generationsHere = (file: string): number[] => {
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) return [];
  const first = `${path.basename(file)}.`;
  const later = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(first) && /^[1-9]\d{0,2}$/.test(name.slice(first.length)))
    .map((name) => Number(name.slice(first.length)))
    .filter((generation) => generation > 1 && generation <= GENERATIONS_MAX);
  return [...(fs.existsSync(file) ? [1] : []), ...later.sort((one, other) => one - other)];
};

/** A seal has one byte for it. */
export const GENERATIONS_MAX = 255;

/**
 * Reads the root key, and makes it, readable by its owner only, when there is no file of it yet.
 *
 * Refuses a file that is not exactly 32 bytes long. Warns when others may read a file (not checked on Windows).
 */
export function openKeyFile(file: string): RootKey {
  const isNew = generationsHere(file).length === 0 && !fs.existsSync(indexFile(file));
  const created = isNew && createKeyFile(file);
  const here = generationsHere(file);
  const files = [...here.map((generation) => generationFile(file, generation)), indexFile(file)];
  return {
    bytes: here.includes(1) ? readKey(file) : undefined,
    later: (generation) => readIfMay(generationFile(file, generation)),
    indexes: fs.existsSync(indexFile(file)) ? readIndexes(indexFile(file)) : undefined,
    created,
    warnings: files.filter((each) => fs.existsSync(each)).flatMap(warningsAbout),
  };
}

/** Makes the file of a later generation unless it is there. @returns whether this call made it */
export const addGeneration = (file: string, generation: number): boolean =>
  !fs.existsSync(generationFile(file, generation)) && createKeyFile(generationFile(file, generation));

/** Labels of the keys that outlive the first generation. A new label of a later version is derived from `rest`. */
const INDEX_LABELS = ['blind-v1', 'invite-v1', 'callback-v1', 'pin-pepper-v1'];
const INDEX_REST = 'rest';
const INDEX_LINE = /^(\S+) ([0-9a-f]{64})$/;

/**
 * Takes a generation's file away, for good. Of the first one the keys of the indexes are kept in a file of their own,
 * which is on disk before anything is taken away.
 */
export const removeGeneration = (file: string, generation: number): void => {
  const place = generationFile(file, generation);
  if (generation === 1 && fs.existsSync(place) && !fs.existsSync(indexFile(file))) {
    const root = readKey(place);
    const kept = INDEX_LABELS.map((label) => [label, deriveBytes(root, label)] as const);
    const lines = [...kept, [INDEX_REST, deriveBytes(root, 'rest-v1')] as const].map(
      ([label, bytes]) => `${label} ${bytes.toString('hex')}\n`,
    );
    placeNewFile(indexFile(file), Buffer.from(lines.join('')));
  }
  fs.rmSync(place, { force: true });
  syncFolder(path.dirname(file));
};

const readIndexes = (file: string): ((label: string) => Buffer) => {
  const found = new Map<string, Buffer>();
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const [, label, hex] = INDEX_LINE.exec(line) ?? [];
    if (label === undefined || hex === undefined)
      throw new KeyFileRefused(`The file ${file} is damaged. Put the right one back from your backup.`);
    found.set(label, Buffer.from(hex, 'hex'));
  }
  const rest = found.get(INDEX_REST);
  if (!rest)
    throw new KeyFileRefused(`The file ${file} is damaged. Put the right one back from your backup.`);
  return (label) => found.get(label) ?? deriveBytes(rest, label);
};

/** A file that another account made is as one that is not there yet. */
const readIfMay = (file: string): Buffer | undefined => {
  try {
    fs.accessSync(file, fs.constants.R_OK);
  } catch {
    return undefined;
  }
  return readKey(file);
};

function readKey(file: string): Buffer {
  const bytes = fs.readFileSync(file);
  if (bytes.length === KEY_BYTES) return bytes;
  throw new KeyFileRefused(
    `The key file ${file} has ${bytes.length} bytes instead of ${KEY_BYTES}: it is damaged or not a key file. ` +
      'Put the right one back from your backup. A new key cannot open what the old one sealed.',
  );
}

/** Says whether this call made it: two processes may start at once, and the first one's key is everybody's. */
const createKeyFile = (file: string): boolean => placeNewFile(file, randomBytes(KEY_BYTES));

/** A file readable by its owner only, whole and on disk or not there at all. @returns false when there is one already */
export function placeNewFile(file: string, bytes: Buffer): boolean {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  try {
    writeSynced(draft, bytes);
    return placeUnlessPresent(draft, file);
  } finally {
    fs.rmSync(draft, { force: true });
    syncFolder(folder);
  }
}

function writeSynced(file: string, bytes: Buffer): void {
  const descriptor = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeSync(descriptor, bytes);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A hard link, unlike a rename, never replaces a key that another process has just put there. */
function placeUnlessPresent(draft: string, file: string): boolean {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (fs.existsSync(file)) return false;
    if (!isUnsupportedLink(error)) throw error;
    fs.renameSync(draft, file);
    return true;
  }
}

/** File systems without hard links (exFAT, some network shares) answer in one of these ways. */
function isUnsupportedLink(error: unknown): boolean {
  const codes = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows cannot sync a folder
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function warningsAbout(file: string): string[] {
  if (process.platform === 'win32') return [];
  const mode = fs.statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return [];
  return [
    `Other accounts of this machine may read the key file ${file} (mode ${mode.toString(8).padStart(4, '0')}). ` +
      'Close it: chmod 600.',
  ];
}
