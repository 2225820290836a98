// From `node dist/main.js` to the moment it says it is ready: on an empty folder, and again on the same one.

import { startProgram } from './program.ts';

/** @returns milliseconds until GET /readyz says yes; the program has stopped again by then */
export const timeStart = async (main: string, folder: string): Promise<number> => {
  const settings = { COMADRE_DATA_DIR: folder, SIMULATOR: 'on' };
  const program = await startProgram(main, { folder, settings });
  await program.stop();
  return program.startMs;
};
