// What the scripts of this folder share. Imports nothing that must be installed.

/** The folder of the repository. */
export const ROOT = new URL('../', import.meta.url);

/** A script cannot do its work; the message is for the person who started it, and needs no stack trace. */
export class ScriptFailure extends Error {}

/** Runs `steps`; a ScriptFailure becomes its message on stderr and exit code 1. */
export async function runScript(steps) {
  try {
    await steps();
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
