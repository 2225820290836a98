// A few lessons that no writer changes, so that what is said of them stays as it is. The lines to call are the real ones.

import { loadHelpLines, loadSpoken, readLessons } from '../../src/app/load-lessons.ts';
import { catalogueOf } from '../../src/domain/lesson/catalogue.ts';

const { files, faults } = readLessons(new URL('../fixtures/lessons/locales/', import.meta.url));
if (faults.length > 0) throw new Error(`a lesson of the tests cannot be read: ${faults[0]?.problem}`);

export const curriculum = {
  lessons: catalogueOf(files),
  helpLines: loadHelpLines(new URL('../../locales/', import.meta.url)),
  spoken: loadSpoken(new URL('../../locales/', import.meta.url)),
};
