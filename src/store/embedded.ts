// The embedded database: PGlite on disk, made durable, opened by one process at a time; and PGlite in memory,
// for tests. The durable part leans on PGlite's internals, so its version is pinned exactly and every start
// proves by a probe that a commit still reaches the disk.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { type FolderLock, lockFolder } from './folder-lock.ts';

type StartParams = readonly string[];
type InitArguments = Parameters<NodeFS['init']>;

/** The corner of Emscripten's module that PGlite's typings leave open. */
type ModuleWithNodeFs = { NODEFS: { stream_ops: { fsync?: (stream: { nfd?: unknown }) => number } } };

function hasNodeFs(module: object): module is ModuleWithNodeFs {
  if (!('NODEFS' in module)) return false;
  const system = module.NODEFS;
  return typeof system === 'object' && system !== null && 'stream_ops' in system;
}

/** PGlite's file system on disk comes without an fsync; this one syncs for real, and counts how often. */
class DurableNodeFS extends NodeFS {
  syncs = 0;

  override async init(...given: InitArguments): ReturnType<NodeFS['init']> {
    const result = await super.init(...given);
    const installFsync = (module: object): void => {
      if (!hasNodeFs(module)) return; // then the probe in openEmbedded() counts no sync and refuses to start
      module.NODEFS.stream_ops.fsync = (stream) => {
        if (typeof stream.nfd === 'number') {
          fs.fsyncSync(stream.nfd);
          this.syncs += 1;
        }
        return 0;
      };
    };
    result.emscriptenOpts.preRun = [...(result.emscriptenOpts.preRun ?? []), installFsync];
    return result;
  }
}

const UTC: StartParams = ['-c', 'timezone=UTC'];
/** The default, 128 MB, is for a server; a programme's whole book is smaller, and the file system caches it as well. */
const SMALL: StartParams = ['-c', 'shared_buffers=32MB'];
const SYNCED: StartParams = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=on'];

/**
 * How to start PostgreSQL so that a commit is on disk when it is acknowledged.
 *
 * PGlite starts with `-F`, which turns fsync off. `wal_sync_method=fsync` matters as much: the default,
 * fdatasync, is a stub in the WASM build that returns success and does nothing.
 */
export const durableParams: StartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...SYNCED,
  ...SMALL,
  ...UTC,
];

/** The database does not sync its commits to disk, or its folder holds something that is not a database. */
export class DatabaseUnsafe extends Error {
  override name = 'DatabaseUnsafe';
}

export type Embedded = {
  db: PGlite;
  disk: DurableNodeFS;
  /** Writes a checkpoint, closes the database and frees the folder. Call it on SIGTERM. */
  close: () => Promise<void>;
};

/**
 * Opens the database in `folder`/pgdata; makes it first when there is none.
 *
 * Throws `DatabaseInUse` while another opener, in this process or another, has it; throws `DatabaseUnsafe` when a
 * probe commit does not reach fsync.
 * @param startParams for a test that must see the probe refuse; leave it out otherwise
 */
export async function openEmbedded(
  folder: string,
  startParams: StartParams = durableParams,
): Promise<Embedded> {
  // PGlite writes its files readable by everyone: the folder above them must be closed.
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const place = path.join(folder, 'pgdata');
    if (!isDatabase(place)) await createDatabase(place);
    const disk = new DurableNodeFS(place);
    const db = await PGlite.create({ fs: disk, startParams: [...startParams] });
    await probeDurability(db, disk);
    return { db, disk, close: () => closeEmbedded(db, lock) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function closeEmbedded(db: PGlite, lock: FolderLock): Promise<void> {
  try {
    await db.exec('checkpoint');
    await db.close();
  } finally {
    await lock.release();
  }
}

/** A message in the write-ahead log commits without needing a table. */
async function probeDurability(db: PGlite, disk: DurableNodeFS): Promise<void> {
  const before = disk.syncs;
  await db.query(`select pg_logical_emit_message(true, 'durability', 'probe')`);
  if (disk.syncs > before) return;
  await db.close();
  throw new DatabaseUnsafe(
    'The embedded database does not sync its commits to disk, so it refuses to start: ' +
      'a power cut could lose money already confirmed. Install the exact PGlite version of package-lock.json.',
  );
}

const isDatabase = (place: string): boolean => fs.existsSync(path.join(place, 'PG_VERSION'));

/**
 * Makes the database under another name and renames it when it is whole and on disk, so that a crash or power cut
 * half-way leaves nothing that could be taken for a database.
 */
async function createDatabase(place: string): Promise<void> {
  removeEmptyFolder(place);
  const draft = `${place}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  await initialise(draft);
  await syncTree(draft);
  fs.renameSync(draft, place);
  await syncPath(path.dirname(place));
}

/**
 * Runs PGlite's initdb in a process of its own. Each of its steps runs once, so V8's optimising compiler is only in the
 * way: with `--liftoff-only` it takes about half the processor time (bench/run.ts prints the start), and this process
 * goes on loading meanwhile.
 */
const INITDB = `
  const { PGlite } = await import(process.argv[1]);
  const db = await PGlite.create(process.argv[2]);
  await db.close();`;

async function initialise(draft: string): Promise<void> {
  const library = pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href;
  await promisify(execFile)(process.execPath, [
    '--liftoff-only',
    '--input-type=module',
    '--eval',
    INITDB,
    library,
    draft,
  ]);
}

function removeEmptyFolder(place: string): void {
  if (!fs.existsSync(place)) return;
  if (fs.readdirSync(place).length > 0) {
    throw new DatabaseUnsafe(
      `${place} holds files but no database. Nothing was touched: move them away, or restore your backup there.`,
    );
  }
  fs.rmdirSync(place);
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    await syncPath(path.join(entry.parentPath, entry.name));
  }
  await syncPath(folder);
}

/** Windows can sync neither a folder nor a file opened for reading; there the rename alone has to do. */
async function syncPath(place: string): Promise<void> {
  if (process.platform === 'win32') return;
  const file = await fs.promises.open(place, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * A database in memory that forgets everything when it is closed: for tests.
 *
 * @param template a dump from `dumpDatabase`; loading one is several times faster than starting from nothing
 */
export async function openMemory(template?: Blob): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...UTC];
  return PGlite.create({ startParams, ...(template === undefined ? {} : { loadDataDir: template }) });
}

/** The whole database as one uncompressed tar, for `openMemory`. Nothing else may run on `db` meanwhile. */
export async function dumpDatabase(db: PGlite): Promise<Blob> {
  await db.exec('checkpoint');
  return db.dumpDataDir('none');
}
