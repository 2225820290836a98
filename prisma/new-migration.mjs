// Prints the SQL that takes the tables from migrations/ to schema.prisma: a draft for the next migration.
// `node prisma/new-migration.mjs > draft.sql`; nothing is printed when the two agree.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const SCHEMA = path.join(import.meta.dirname, 'schema.prisma');
const MIGRATIONS = path.join(import.meta.dirname, 'migrations');
const NOTHING_TO_DO = '-- This is an empty migration.';

const schema = fs.readFileSync(SCHEMA, 'utf8');
const engine = await startEngine();
const { stdout } = await engine.diff({
  from: { tag: 'migrations', ...migrations() },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
  shadowDatabaseUrl: null,
});
if (stdout.startsWith(NOTHING_TO_DO)) console.error('migrations/ and schema.prisma agree.');
else fs.writeSync(1, stdout); // whole before the exit below
// The engine and its database in memory have no way to be closed.
process.exit(0);

/** Prisma's schema engine as WebAssembly: its program need not be downloaded. It runs the migrations in memory. */
async function startEngine() {
  // Node 20 cannot import a .wasm file, so its parts are put together here.
  const folder = path.dirname(
    createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  );
  const bytes = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const database = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(new PGlite()));
  return glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, database);
}

function migrations() {
  const names = fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(`${name}/migration.sql`) } },
    })),
  };
}

function read(name) {
  return fs.readFileSync(path.join(MIGRATIONS, name), 'utf8');
}
