// Tests that need something of the machine. Where it is absent they are skipped, and their names say what they need;
// where COMADRE_REQUIRE_CHROMIUM=1 or COMADRE_REQUIRE_POSTGRES=1 says that it must be there, its absence fails.

import { describe, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { usingPostgres } from './database.ts';

type Need = {
  readonly what: string;
  readonly isThere: boolean;
  readonly isRequired: boolean;
  readonly how: string;
};
type Tests = (name: string, tests: () => void) => void;

/** `describe` for tests that open a page in a browser. */
export const needsChromium: Tests = needing({
  what: 'Chromium',
  isThere: chromiumPath() !== undefined,
  isRequired: process.env['COMADRE_REQUIRE_CHROMIUM'] === '1',
  how: 'install one or set PUPPETEER_EXECUTABLE_PATH',
});

/** `describe` for tests of what only a PostgreSQL server does: several connections, time limits, other databases. */
export const needsPostgres: Tests = needing({
  what: 'PostgreSQL',
  isThere: usingPostgres,
  isRequired: process.env['COMADRE_REQUIRE_POSTGRES'] === '1',
  how: 'set COMADRE_TEST_DATABASE_URL',
});

function needing({ what, isThere, isRequired, how }: Need): Tests {
  return (name, tests) => {
    if (isThere) describe(name, tests);
    else if (isRequired) describe(name, () => test(`${what} is there`, () => fail(`no ${what}: ${how}`)));
    else describe.skip(`${name} (needs ${what})`, tests);
  };
}

function fail(reason: string): never {
  throw new Error(reason);
}
