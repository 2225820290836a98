// The real program, as many times as a test likes, on one PostgreSQL: each a process that can be stopped or killed.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { comadre, type Running, started } from './run-program.ts';

type Settings = Readonly<Record<string, string>>;

export type Processes = {
  /** Another process with these settings on top of those of all. */
  start(settings: Settings): Promise<Running>;
  /** Where it runs: a place for a test's own files. */
  readonly folder: string;
  comadre(given: readonly string[]): ReturnType<typeof comadre>;
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Ends what still runs, and everything it left. */
  finish(): Promise<void>;
};

/** @param server a role that may create databases */
export const openProcesses = async (server: string, shared: Settings): Promise<Processes> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-processes-'));
  const name = `comadre_processes_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template template0 encoding 'UTF8'`);
  const look = new Client({ connectionString: url.href });
  await look.connect();
  const settings = {
    DATABASE_URL: url.href,
    COMADRE_KEY_FILE: path.join(folder, 'comadre.key'),
    PORT: '0',
    ...shared,
  };
  const running = new Set<Running>();
  return {
    folder,
    start: async (own) => {
      const program = await started(folder, { ...settings, ...own });
      running.add(program);
      return program;
    },
    comadre: (given) => comadre(folder, given, { settings }),
    query: async <Row extends object>(sql: string) => (await look.query<Row>(sql)).rows,
    finish: async () => {
      await Promise.all([...running].map((program) => program.kill()));
      await look.end();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
};
