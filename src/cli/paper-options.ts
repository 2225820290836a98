import type { Command } from 'commander';

/** Adds `paper` and its commands. `ends` takes a command's exit code. */
export const addPaperCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const paper = program
    .command('paper')
    .description('passbooks, reports and meeting sheets as pictures and for printing');
  paper
    .command('passbook')
    .description("a member's passbook: what she has saved, still pays, and what was booked last")
    .requiredOption('--as <name>', 'first or full name, or "name, group"')
    .requiredOption('--out <file>', 'a new file ending in .png or .pdf')
    .option('--goal <amount>', 'what she wants to have saved, such as 1500.00')
    .option('--discreet', 'without the name of her group')
    .action(async (options: { as: string; out: string; goal?: string; discreet?: boolean }) => {
      const { passbookCommand } = await import('./paper.ts');
      await ends(passbookCommand(options));
    });
  paper
    .command('report')
    .description("a group's totals, boxes and members")
    .requiredOption('--group <name>', 'the name of the group, or "group, programme"')
    .requiredOption('--out <file>', 'a new file ending in .pdf, .png or .csv')
    .action(async (options: { group: string; out: string }) => {
      const { reportCommand } = await import('./paper.ts');
      await ends(reportCommand(options));
    });
  paper
    .command('sheet')
    .description("a sheet to fill in by hand at a group's next meeting")
    .requiredOption('--group <name>', 'the name of the group, or "group, programme"')
    .requiredOption('--out <file>', 'a new file ending in .pdf')
    .action(async (options: { group: string; out: string }) => {
      const { sheetCommand } = await import('./paper.ts');
      await ends(sheetCommand(options));
    });
};
