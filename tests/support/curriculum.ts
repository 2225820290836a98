// A few lessons that no writer changes, so that what is said of them stays as it is. All else is the real thing.

import { loadCurriculum, readLessons } from '../../src/app/load-lessons.ts';
import { catalogueOf } from '../../src/domain/lesson/catalogue.ts';

const { files, faults } = readLessons(new URL('../fixtures/lessons/locales/', import.meta.url));
if (faults.length > 0) throw new Error(`a lesson of the tests cannot be read: ${faults[0]?.problem}`);

export const curriculum = {
  ...loadCurriculum(new URL('../../locales/', import.meta.url)),
  lessons: catalogueOf(files),
};
