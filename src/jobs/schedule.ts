import { schedule } from 'node-cron';
import type { Log } from '../log.ts';

/** The table of what runs by the clock. node-cron is only a heartbeat: what is due is asked of the database. */
export type Job = { readonly name: string; readonly every: string; run(): Promise<void> };

/** Starts the jobs; the answer stops them. A tick that is still running is not run again beside itself. */
export const startSchedule = (jobs: readonly Job[], log: Log): (() => Promise<void>) => {
  const tasks = jobs.map((job) =>
    schedule(
      job.every,
      async () => {
        await job
          .run()
          .catch((error: unknown) => log.warn({ job: job.name, error }, 'a job failed; it runs again'));
      },
      { name: job.name, noOverlap: true },
    ),
  );
  return async () => {
    await Promise.all(tasks.map(async (task) => task.destroy()));
  };
};
