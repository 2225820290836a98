// Where the program keeps its book while it is killed: a folder of its own, or a database of its own on a server.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type Database, openDatabase } from '../../../src/store/database.ts';

export type Place = {
  /** The folder the program runs in. */
  readonly folder: string;
  /** The program's settings. */
  readonly settings: Readonly<Record<string, string>>;
  readonly keyFile: string;
  /** What Node is started with. */
  readonly nodeOptions: readonly string[];
  /** A look at the tables. Only while the program is stopped. */
  open(): Promise<Database>;
  /** What a minute's pause between kill and start would do: the leases of the dead process are over. */
  minutePasses(): Promise<void>;
  remove(): Promise<void>;
};

const newFolder = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-kill-'));
  const keyFile = path.join(folder, 'comadre.key');
  return {
    folder,
    keyFile,
    settings: { COMADRE_DATA_DIR: path.join(folder, 'data'), COMADRE_KEY_FILE: keyFile },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
};

export const embeddedPlace = (): Place => {
  const { folder, settings, keyFile, remove } = newFolder();
  return {
    folder,
    keyFile,
    settings,
    // Compiling PGlite's WASM with the optimising compiler is half of a start's work, and every start is a short one.
    nodeOptions: ['--liftoff-only'],
    open: () => openDatabase({ folder: settings.COMADRE_DATA_DIR }),
    minutePasses: () => Promise.resolve(), // its only process is gone, so its leases end with it
    remove: async () => remove(),
  };
};

/** @param server a role that may create databases */
export const serverPlace = async (server: string): Promise<Place> => {
  const { folder, settings, keyFile, remove } = newFolder();
  const name = `comadre_kill_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template template0 encoding 'UTF8'`);
  const look = new Client({ connectionString: url.href });
  await look.connect();
  return {
    folder,
    keyFile,
    settings: { ...settings, DATABASE_URL: url.href },
    nodeOptions: [],
    open: () => openDatabase({ url: url.href, folder: '' }),
    minutePasses: async () => {
      await look.query(`update outbox set lease_until = now() - interval '1 second' where state = 'sending'`);
    },
    remove: async () => {
      await look.end();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      remove();
    },
  };
};
