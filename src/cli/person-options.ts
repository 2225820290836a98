import type { Command } from 'commander';
import type { PersonErase, PersonExport, PersonPinReset } from './person.ts';
import type { NoticeOptions } from './rights.ts';

/** Adds `person`, `rights` and `privacy-notice`. `ends` takes a command's exit code. */
export const addPersonCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const person = program
    .command('person')
    .description('what is kept of one member: to give it to her, or to forget it');
  person
    .command('export')
    .description('everything that is kept of her, and nothing of others; it is written down that it was made')
    .requiredOption('--as <name>', 'first or full name, or "name, group"')
    .requiredOption('--out <file>', 'a new file ending in .pdf or .json')
    .option('--private', 'with what she learned in private and wrote to staff: only if she asked for that')
    .action(async (options: PersonExport) => {
      const { personExportCommand } = await import('./person.ts');
      await ends(personExportCommand(options));
    });
  person
    .command('erase')
    .description(
      'forget her, who asked for it on paper; without --confirm it says what will be, and does nothing',
    )
    .requiredOption('--as <name>', 'first or full name, or "name, group"')
    .option('--confirm <name>', 'her full name once more: it is done')
    .action(async (options: PersonErase) => {
      const { personEraseCommand } = await import('./person.ts');
      await ends(personEraseCommand(options));
    });
  person
    .command('pin-reset')
    .description(
      'a number for her who forgot her PIN, where no two other officers are there to open it; without --confirm nothing is done',
    )
    .requiredOption('--as <name>', 'first or full name, or "name, group"')
    .option('--confirm <name>', 'her full name once more: it is done')
    .action(async (options: PersonPinReset) => {
      const { personPinResetCommand } = await import('./person.ts');
      await ends(personPinResetCommand(options));
    });
  program
    .command('rights')
    .description('open requests about personal data, with the days left; ends with 1 when one is overdue')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const { rightsCommand } = await import('./rights.ts');
      await ends(rightsCommand(options));
    });
  program
    .command('privacy-notice')
    .description('the whole privacy notice as members get it, for a web page or a wall')
    .requiredOption('--programme <name>', 'who is responsible')
    .requiredOption('--out <file>', 'a new file ending in .pdf')
    .option('--language <language>', 'es or en', 'es')
    .action(async (options: NoticeOptions) => {
      const { noticeCommand } = await import('./rights.ts');
      await ends(noticeCommand(options));
    });
};
