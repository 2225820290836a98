import { configDefaults, defineConfig } from 'vitest/config';

/** They keep nothing between them, so that one process takes file after file. */
const pure = ['tests/{content,conversation,domain}/**/*.test.ts'];

/** No test of these opens a database. */
const plain = [...pure, 'tests/{channels,cli,scripts,web}/**/*.test.ts', 'tests/{config,log,tidy}.test.ts'];

/** The program itself opens an embedded one here, whatever server is named. */
const onlyEmbedded = ['tests/kill/embedded.test.ts', 'tests/e2e/!(telegram|draw).test.ts'];

/** What CI runs apart, each test that opens a database on one of the two; without it everything runs that can. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  plain,
  embedded: [...onlyEmbedded, 'tests/transcripts.test.ts'],
  server: [
    'tests/{app,invariants,security,store}/**/*.test.ts',
    'tests/kill/{keys,postgres,processes}.test.ts',
    'tests/e2e/{telegram,draw}.test.ts',
    'tests/transcripts-more.test.ts',
  ],
};

const include = [...(PARTS[process.env['COMADRE_TEST_PART'] ?? ''] ?? ['tests/**/*.test.ts'])];
// Once is enough of what a server does not change.
const onServer = process.env['COMADRE_TEST_DATABASE_URL'] !== undefined;
const exclude = [...configDefaults.exclude, ...(onServer ? [...plain, ...onlyEmbedded] : [])];
const isPure = include.some((pattern) => pure.includes(pattern)) || include.length === 1;

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers than cores only makes the embedded databases slower.
    maxWorkers: 2,
    projects: [
      ...(isPure
        ? [{ extends: true, test: { name: 'pure', include: pure, exclude, isolate: false } } as const]
        : []),
      { extends: true, test: { name: 'program', include, exclude: [...exclude, ...pure] } },
    ],
  },
});
