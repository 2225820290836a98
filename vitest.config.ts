import { configDefaults, defineConfig } from 'vitest/config';

// These start the real program on an embedded database of its own, whatever server is named: once is enough.
const onlyEmbedded = [
  'tests/kill/embedded.test.ts',
  'tests/e2e/cli.test.ts',
  'tests/e2e/start.test.ts',
  'tests/e2e/whatsapp-cloud.test.ts',
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
