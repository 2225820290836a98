// kill -9 of the whole program while payments are confirmed, on the embedded database. Whatever a person was told must be
// in the book, once. COMADRE_KILLS asks for more kills.

import { describe, test } from 'vitest';
import { expectItsWordKept, KILLS, RUN_MS_MAX } from '../support/kill/its-word.ts';
import { embeddedPlace } from '../support/kill/places.ts';

describe('the program on the embedded database', () => {
  test(
    `killed ${KILLS} times, loses nothing it acknowledged and books nothing twice`,
    async () => expectItsWordKept(embeddedPlace()),
    RUN_MS_MAX,
  );
});
