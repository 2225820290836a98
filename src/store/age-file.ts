// A file of lines, compressed and sealed to public keys in the age format (age-encryption.org/v1): whoever writes it
// cannot read it again. Streamed, so that its size is no matter.

import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupRefused } from './backup-format.ts';

const NEWLINE = 0x0a;

/** @throws BackupRefused at one that is no public key of age's */
export const sealerTo = (recipients: readonly string[]): Encrypter => {
  if (recipients.length === 0)
    throw new BackupRefused('To whom? Name a public key, age1…, with --recipient.');
  const sealer = new Encrypter();
  for (const recipient of recipients) {
    try {
      sealer.addRecipient(recipient);
    } catch (cause) {
      throw new BackupRefused(
        `${recipient.slice(0, 12)}… is not a public key of age's: they begin with age1.`,
        { cause },
      );
    }
  }
  return sealer;
};

/**
 * Writes lines to a new file, readable by its owner only, that is whole and on disk when this ends, and is not there when
 * it fails.
 *
 * @throws BackupRefused when there is such a file already
 */
export const writeSealed = async (
  file: string,
  sealer: Encrypter,
  lines: AsyncIterable<string>,
): Promise<number> => {
  if (fs.existsSync(file)) throw new BackupRefused(`${file} is there already: nothing was overwritten.`);
  const draft = `${file}.${process.pid}.new`;
  try {
    const compressed = createGzip();
    const filled = pipeline(Readable.from(lines), compressed);
    filled.catch(() => undefined); // it is awaited below, where the sealing has begun
    const sealed = await sealer.encrypt(asWeb(compressed));
    await Promise.all([
      filled,
      pipeline(
        Readable.fromWeb(sealed as ReadableStream),
        fs.createWriteStream(draft, { flags: 'wx', mode: 0o600 }),
      ),
    ]);
    const bytes = await synced(draft);
    fs.renameSync(draft, file);
    return bytes;
  } finally {
    fs.rmSync(draft, { force: true });
  }
};

const synced = async (file: string): Promise<number> => {
  const opened = await fs.promises.open(file, 'r+');
  try {
    await opened.sync();
    return (await opened.stat()).size;
  } finally {
    await opened.close();
  }
};

/** Node and the library of age type the same streams by different names. */
const asWeb = (stream: Readable) => Readable.toWeb(stream) as globalThis.ReadableStream<Uint8Array>;

/**
 * The lines of a sealed file, in their order. Whoever takes them must be ready to undo: that a file was cut short or altered
 * may show only at its end.
 *
 * @throws BackupRefused when the identity does not open it, or it was altered
 */
export async function* readSealed(file: string, identity: string): AsyncGenerator<string> {
  const opener = new Decrypter();
  try {
    opener.addIdentity(identity);
  } catch (cause) {
    throw new BackupRefused(
      'The identity is none of age’s: it is a line that begins with AGE-SECRET-KEY-1.',
      {
        cause,
      },
    );
  }
  const opened = await opener.decrypt(asWeb(fs.createReadStream(file))).catch((cause: unknown) => {
    throw unopened(file, cause);
  });
  const plain = createGunzip();
  const filled = pipeline(Readable.fromWeb(opened as ReadableStream), plain);
  filled.catch(() => undefined); // it is said by the loop, which the same failure ends
  try {
    yield* linesOf(plain);
    await filled;
  } catch (cause) {
    throw new BackupRefused(
      `${file} is not whole, or was altered: nothing of it was kept. Take another copy.`,
      { cause },
    );
  }
}

const unopened = (file: string, cause: unknown): BackupRefused => {
  const said = cause instanceof Error ? cause.message : '';
  if (said.includes('no identity matched'))
    return new BackupRefused(`This identity does not open ${file}: it was sealed to another one.`, { cause });
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    return new BackupRefused(`There is no file ${file}.`, { cause });
  return new BackupRefused(`${file} is not a backup, or its beginning was altered.`, { cause });
};

/** A line may be long (a recording in hex), so what has been looked through is not looked through again. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
      begun = [];
      from = end + 1;
    }
    begun.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(begun).toString();
  if (rest !== '') yield rest;
}
