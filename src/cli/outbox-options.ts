import type { Command } from 'commander';

/** The commands that look at what waits to go out. */
export const addOutboxCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const outbox = program
    .command('outbox')
    .description('what waits to go out and what was given up, by channel and reason; no words, no names')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { outboxCommand } = await import('./outbox.ts');
      await ends(outboxCommand(options));
    });
  outbox
    .command('parked')
    .description('messages that came in and that a mistake of the program left unanswered')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { parkedCommand } = await import('./outbox.ts');
      await ends(parkedCommand(options));
    });
  outbox
    .command('retry')
    .description('put what was given up in line again')
    .option('--failed', 'only this can be tried again', false)
    .requiredOption('--reason <reason>', 'why it was given up, as `comadre outbox` says it')
    .action(async (options: { failed: boolean; reason: string }) => {
      const { retryCommand } = await import('./outbox.ts');
      await ends(retryCommand(options));
    });
};
