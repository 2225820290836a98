// A country's lessons in one minute: everybody is due at the same hour, which is the worst that the schedule can be.

import { performance } from 'node:perf_hooks';
import { Temporal } from 'temporal-polyfill';
import { announceLessons } from '../src/app/announce-lessons.ts';
import { loadCurriculum } from '../src/app/load-lessons.ts';
import { createMetrics } from '../src/app/metrics.ts';
import { idMaker } from '../src/app/new-id.ts';
import { nextLessonAt } from '../src/domain/lesson/schedule.ts';
import { createLog } from '../src/log.ts';
import type { Database } from '../src/store/database.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { fillPeople, NOW } from './people.ts';

/** What planning took: the moments of everybody's next lesson, and then telling all of them. */
export type LessonsPlanned = {
  readonly planSeconds: number;
  readonly tellSeconds: number;
  readonly told: number;
};

const MEMBERS_PER_GROUP = 27;

/** Plans lessons for `members` real members of a fresh database, and tells all of them that one is there. */
export const planLessons = async (
  database: Database,
  { secrets, members }: { readonly secrets: Secrets; readonly members: number },
): Promise<LessonsPlanned> => {
  await fillPeople(database, secrets, {
    groups: Math.ceil(members / MEMBERS_PER_GROUP),
    members,
    history: 0,
  });
  await database.pool.query('update programme set lesson_drafts = true');
  await database.pool.query('analyze');
  const announcing = {
    store: { pool: database.pool, secrets, log: createLog('error'), metrics: createMetrics() },
    newId: idMaker(),
    lessons: loadCurriculum(new URL('../locales/', import.meta.url)).lessons,
  };
  const planned = await seconds(() => announceLessons(announcing, NOW));
  const due = nextLessonAt(
    {
      meeting: { weekday: 'tuesday', time: Temporal.PlainTime.from('17:00'), timeZone: 'America/Tijuana' },
      days: [],
      hour: Temporal.PlainTime.from('18:00'),
    },
    NOW,
  );
  const told = await seconds(() => announceLessons(announcing, due));
  return { planSeconds: planned.took, tellSeconds: told.took, told: told.result };
};

const seconds = async <Result>(
  work: () => Promise<Result>,
): Promise<{ readonly took: number; readonly result: Result }> => {
  const start = performance.now();
  const result = await work();
  return { took: (performance.now() - start) / 1_000, result };
};
