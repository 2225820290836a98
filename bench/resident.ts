// How much memory a whole process needs, and how fast it is on the embedded database.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ResidentOrder, ResidentReport } from './resident-process.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const COMPILED = path.join(ROOT, 'node_modules/.cache/comadre/bench/bench/resident-process.js');

/** Compiles the program and `resident-process` without checking types; a second or two. */
export const compileResident = async (): Promise<void> => {
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', path.join(ROOT, 'bench/tsconfig.json')]);
};

/** Runs one fresh process to its end. */
export const runResident = async (order: Omit<ResidentOrder, 'root'>): Promise<ResidentReport> => {
  const root = `file://${ROOT}/`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    COMPILED,
    JSON.stringify({ ...order, root }),
  ]);
  return JSON.parse(stdout) as ResidentReport;
};
