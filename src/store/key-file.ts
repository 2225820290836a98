// The root key: 32 random bytes in a file of their own, never in the database and never in its backups.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** 256 bits, the key size of AES-256 and the output size of SHA-256. */
const KEY_BYTES = 32;

/** The key file cannot be used. The message is for the operator. */
export class KeyFileRefused extends Error {
  override name = 'KeyFileRefused';
}

export type RootKey = {
  bytes: Buffer;
  /** Whether the file was made just now. With a database that already has members this means the key is lost. */
  created: boolean;
  /** For the operator's log, in plain words; empty when all is well. */
  warnings: string[];
};

/**
 * Reads the root key, and makes it, readable by its owner only, when there is no file yet.
 *
 * Refuses a file that is not exactly 32 bytes long. Warns when others may read the file (not checked on Windows).
 */
export function openKeyFile(file: string): RootKey {
  const created = !fs.existsSync(file) && createKeyFile(file);
  const bytes = readKey(file);
  return { bytes, created, warnings: warningsAbout(file) };
}

function readKey(file: string): Buffer {
  const bytes = fs.readFileSync(file);
  if (bytes.length === KEY_BYTES) return bytes;
  throw new KeyFileRefused(
    `The key file ${file} has ${bytes.length} bytes instead of ${KEY_BYTES}: it is damaged or not a key file. ` +
      'Put the right one back from your backup. A new key cannot open what the old one sealed.',
  );
}

/** Says whether this call made it: two processes may start at once, and the first one's key is everybody's. */
function createKeyFile(file: string): boolean {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
  try {
    writeSynced(draft, randomBytes(KEY_BYTES));
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
