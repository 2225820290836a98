// The same as embedded.test.ts on a PostgreSQL server; a file of its own, so that both run side by side.

import { test } from 'vitest';
import { expectItsWordKept, KILLS, RUN_MS_MAX } from '../support/kill/its-word.ts';
import { serverPlace } from '../support/kill/places.ts';
import { needsPostgres } from '../support/requires.ts';

needsPostgres('the program on PostgreSQL', () => {
  test(
    `killed ${KILLS} times, loses nothing it acknowledged and books nothing twice`,
    async () => expectItsWordKept(await serverPlace(process.env['COMADRE_TEST_DATABASE_URL'] ?? '')),
    RUN_MS_MAX,
  );
});
