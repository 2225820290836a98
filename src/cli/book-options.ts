import type { Command } from 'commander';
import type { OddOptions } from './odd.ts';

/** Adds what proves that the books are right. `ends` takes a command's exit code. */
export const addBookCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  program
    .command('verify-books')
    .description("recompute every group's chain and balances from the rows; names the first bad entry")
    .option('--json', 'print the report for programs')
    .action(async (options: { json?: boolean }) => {
      const { verifyBooksCommand } = await import('./verify-books.ts');
      await ends(verifyBooksCommand(options));
    });
  program
    .command('audit')
    .description('who of the staff sent, confirmed or looked at what; ends with 1 when a row was changed')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { auditCommand } = await import('./audit.ts');
      await ends(auditCommand(options));
    });
  program
    .command('odd')
    .description(
      'what is worth a look with a group: days and offices, no names; it is written down that you looked',
    )
    .option('--programme <name>', 'only this one')
    .option('--group <name>', 'only this one: its name, or "group, programme"')
    .option('--since <day>', 'from a day such as 2026-11-01 on; without it, the last three weeks')
    .option('--language <language>', 'es or en', 'es')
    .option('--json', 'for programs')
    .action(async (options: OddOptions) => {
      const { oddCommand } = await import('./odd.ts');
      await ends(oddCommand(options));
    });
  program
    .command('check-words')
    .description(
      'the words that a group wrote down at the end of its meetings, from its book as it stands now',
    )
    .requiredOption('--group <name>', 'the name of the group, or "group, programme"')
    .option('--on <day>', 'only of the meeting of that day, such as 2026-11-24')
    .action(async (options: { group: string; on?: string }) => {
      const { checkWordsCommand } = await import('./check-words.ts');
      await ends(checkWordsCommand(options));
    });
};
