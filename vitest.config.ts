import { configDefaults, defineConfig } from 'vitest/config';

// Where no test opens a database, or the program itself opens an embedded one whatever server is named: once is enough.
const onlyEmbedded = [
  'tests/kill/embedded.test.ts',
  'tests/{channels,cli,content,conversation,domain,scripts,web}/**',
  'tests/{config,log,tidy}.test.ts',
  // Of those that run the program, telegram.test.ts and draw.test.ts use the server.
  'tests/e2e/!(telegram|draw).test.ts',
];
const onServer = process.env['COMADRE_TEST_DATABASE_URL'] !== undefined;

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(onServer ? onlyEmbedded : [])],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers than cores only makes the embedded databases slower.
    maxWorkers: 2,
  },
});
