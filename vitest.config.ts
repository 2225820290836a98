import { configDefaults, defineConfig } from 'vitest/config';

/** They keep nothing between them, so that one process takes file after file. */
const pure = ['tests/{content,conversation,domain}/**/*.test.ts'];

/** They open a database for each test and keep nothing else: the program is loaded once, not with each file. */
const inDatabase = 'tests/{app,invariants,security,store}/**/*.test.ts';
const dialogue = [inDatabase, 'tests/transcripts*.test.ts'];

/** No test of these opens a database. */
const plain = [...pure, 'tests/{channels,cli,scripts,web}/**/*.test.ts', 'tests/{config,log,tidy}.test.ts'];

/** A backup that does not come back is found on the day it is made so: in every run of CI, whatever third of the others it takes. */
const drill = 'tests/store/backup.test.ts';

/** The program itself opens an embedded one here, whatever server is named. */
const onlyEmbedded = ['tests/kill/embedded.test.ts', 'tests/e2e/!(telegram|draw).test.ts'];

type Part = {
  readonly pure?: readonly string[];
  readonly dialogue?: readonly string[];
  readonly program: readonly string[];
};

const everything: Part = { pure, dialogue, program: ['tests/**/*.test.ts'] };

/** What CI runs apart, each test that opens a database on one of the two; without it everything runs that can. */
const PARTS: Readonly<Record<string, Part>> = {
  plain: { pure, program: plain },
  embedded: { dialogue: ['tests/transcripts.test.ts'], program: onlyEmbedded },
  server: {
    dialogue: [inDatabase, 'tests/transcripts-more.test.ts'],
    program: ['tests/kill/{keys,postgres,processes}.test.ts', 'tests/e2e/{telegram,draw}.test.ts'],
  },
  drill: { dialogue: [drill], program: [] },
};

const partName = process.env['COMADRE_TEST_PART'] ?? '';
const part = PARTS[partName] ?? everything;
// Once is enough of what a server does not change.
const onServer = process.env['COMADRE_TEST_DATABASE_URL'] !== undefined;
const exclude = [
  ...configDefaults.exclude,
  ...(onServer ? [...plain, ...onlyEmbedded] : []),
  ...(partName === 'server' ? [drill] : []),
];

/** Its files are loaded into one process, file after file. */
const together = (name: string, include: readonly string[] | undefined) =>
  include ? [{ extends: true, test: { name, include: [...include], exclude, isolate: false } } as const] : [];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers than cores only makes the embedded databases slower.
    maxWorkers: 2,
    projects: [
      ...together('pure', part.pure),
      ...together('dialogue', part.dialogue),
      {
        extends: true,
        test: { name: 'program', include: [...part.program], exclude: [...exclude, ...pure, ...dialogue] },
      },
    ],
  },
});
