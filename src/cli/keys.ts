import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { Pool } from '../store/database.ts';
import { addGenerations, beginGeneration, endGeneration, generationsOf } from '../store/key-check.ts';
import {
  addGeneration,
  GENERATIONS_MAX,
  generationFile,
  generationsHere,
  placeNewFile,
  removeGeneration,
} from '../store/key-file.ts';
import { countSealed } from '../store/root-sealed.ts';
import { type Broken, rotate } from '../store/rotate-keys.ts';
import { complain, print, withStore } from './command.ts';

/** These go through whole tables, which take longer than a message may. */
const PATIENT = { patient: true };

/** Which generations of the key there are, and how much is sealed under each. */
export const keysCommand = async (): Promise<number> =>
  withStore(async ({ database, store }, { keyFile }) => {
    const begun = await generationsOf(database.pool);
    const counts = await countSealed(database.pool);
    for (const generation of new Set([...begun.keys(), ...generationsHere(keyFile)])) {
      const values = counts.filter((count) => count.generation === generation);
      const all = values.reduce((sum, count) => sum + count.values, 0);
      const state =
        generation === store.secrets.generation()
          ? 'in use'
          : begun.has(generation)
            ? 'older'
            : 'not begun, or retired';
      print(`${generation}  ${state}  ${all} values sealed under it  ${generationFile(keyFile, generation)}`);
      for (const { what, values: some } of values) print(`     ${String(some).padStart(8)}  ${what}`);
    }
    return 0;
  }, PATIENT);

/** Makes the next generation's file and uses it for nothing yet: to be copied to other machines first. */
export const newKeyCommand = async (): Promise<number> =>
  withStore(async (_, { keyFile }) => {
    const next = (generationsHere(keyFile).at(-1) ?? 0) + 1;
    if (next > GENERATIONS_MAX) return refused(`There are ${GENERATIONS_MAX} generations; no more fit.`);
    addGeneration(keyFile, next);
    print(
      `Made ${generationFile(keyFile, next)}. Copy it beside the key file of every machine, then: comadre keys rotate`,
    );
    return 0;
  });

const NOT_COPIED =
  'Other machines may use this database. Run comadre keys new, copy the file it makes beside the key file of each of them, ' +
  'and run this again. If this is the only machine: comadre keys rotate --one-machine';

export type RotateOptions = {
  readonly page: string;
  readonly oneMachine?: boolean;
  readonly leaveBroken?: boolean;
};

/** More than these are not named one by one. */
const BROKEN_SHOWN_MAX = 50;

/** Begins the next generation, or goes on with the change that was begun. Ends with 1 when something is left. */
export const rotateKeysCommand = async ({
  page,
  oneMachine,
  leaveBroken = false,
}: RotateOptions): Promise<number> =>
  withStore(async ({ database, store: { pool, secrets } }, { keyFile }) => {
    const size = Number(page);
    if (!Number.isInteger(size) || size < 1) return refused('--page is a whole number above zero.');
    const newest = Math.max(...(await generationsOf(pool)).keys());
    const left = (await countSealed(pool)).filter(({ generation }) => generation < newest);
    if (left.length > 0) print(`Going on with the change to generation ${newest}.`);
    else {
      const next = newest + 1;
      if (next > GENERATIONS_MAX) return refused(`There are ${GENERATIONS_MAX} generations; no more fit.`);
      // What is sealed from then on cannot be opened on a machine that does not have the file.
      if (database.kind === 'postgres' && !oneMachine && !generationsHere(keyFile).includes(next))
        return refused(NOT_COPIED);
      addGeneration(keyFile, next);
      await beginGeneration(pool, secrets, next);
      await pool.query(`select write_audit('operator', 'key-begun', $1, now())`, [`generation/${next}`]);
      print(
        `Generation ${next} is in use: ${generationFile(keyFile, next)}. Keep a copy of it apart from the data.`,
      );
    }
    const done = await rotate({
      pool: database.pool,
      secrets,
      page: size,
      leaveBroken,
      onPage: (what, values) => print(`  ${what}: ${values}`),
    });
    sayBroken(done.broken, leaveBroken);
    if (done.left > 0)
      complain(
        `${done.left} values are still under an older generation: comadre keys says where. Run this again.`,
      );
    else print('Nothing is left under an older one. Take a backup now; then the older one can be retired.');
    return done.left > 0 ? 1 : 0;
  }, PATIENT);

/** What no key opens: by its row, so that somebody can look what became of it. */
const sayBroken = (broken: readonly Broken[], isLeft: boolean): void => {
  if (broken.length === 0) return;
  complain(`${broken.length} values open under no key that is here${isLeft ? ', and were let go of' : ''}:`);
  for (const { column, row } of broken.slice(0, BROKEN_SHOWN_MAX)) complain(`  ${column}  ${row}`);
  if (!isLeft)
    complain(
      'Look for them in a backup first. What stays unreadable stands in the way until comadre keys rotate --leave-broken.',
    );
};

const sealedUnder = async (pool: Pool, generation: number): Promise<number> =>
  (await countSealed(pool))
    .filter((count) => count.generation === generation)
    .reduce((all, { values }) => all + values, 0);

/** Takes an older generation away for good. Ends with 1 while anything is sealed under it. */
export const retireKeyCommand = async (given: string): Promise<number> =>
  withStore(async ({ store: { pool, secrets } }, { keyFile }) => {
    const generation = Number(given);
    const begun = await generationsOf(pool);
    const isHere = generationsHere(keyFile).includes(generation);
    if (!begun.has(generation) && !isHere) return refused(`There is no generation ${given}.`);
    if (generation >= secrets.generation())
      return refused(`Generation ${given} is not older than the one in use.`);
    const before = await sealedUnder(pool, generation);
    if (before > 0) {
      complain(`${before} values are still sealed under generation ${given}: run comadre keys rotate first.`);
      return 1;
    }
    const fingerprint = begun.get(generation);
    await endGeneration(pool, secrets, generation);
    // A program that was not started again since may have sealed under it in this very moment.
    const since = await sealedUnder(pool, generation);
    if (since > 0) {
      if (fingerprint !== undefined) await addGenerations(pool, { [generation]: fingerprint });
      complain(
        `${since} values were sealed under generation ${given} just now. Start every program on this database again, then comadre keys rotate.`,
      );
      return 1;
    }
    await pool.query(`select write_audit('operator', 'key-retired', $1, now())`, [`generation/${given}`]);
    removeGeneration(keyFile, generation);
    print(
      `Retired: ${generationFile(keyFile, generation)} is gone here. Destroy its copies; older backups open with the keys that went with them.`,
    );
    return 0;
  }, PATIENT);

/** A pair for backups: the secret into a file, the public key on the screen. Opens no database, so it runs anywhere. */
export const newBackupPairCommand = async ({ to }: { readonly to: string }): Promise<number> => {
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const text = `# Opens the backups of Comadre. Keep it away from the server.\n# public key: ${recipient}\n${identity}\n`;
  if (!placeNewFile(to, Buffer.from(text)))
    return refused(`${to} is there already: nothing was overwritten.`);
  print(`The secret is in ${to}. Give the server only the public key:\n${recipient}`);
  return 0;
};

const refused = (why: string): number => {
  complain(why);
  return 2;
};
