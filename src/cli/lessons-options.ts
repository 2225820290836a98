import type { Command } from 'commander';

/** Adds `lessons check` and `help-lines`. `ends` takes a command's exit code. */
export const addLessonCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const lessons = program.command('lessons').description('what members learn by message: look at it');
  lessons
    .command('check')
    .argument('[lessons...]', "ids such as F4, or parts of a file's name; every lesson when left out")
    .description('what is wrong in the lessons, with file and line; says how easy those that are named read')
    .action(async (wanted: string[]) => {
      const { checkLessonsCommand } = await import('./lessons.ts');
      await ends(checkLessonsCommand(wanted));
    });
  program
    .command('help-lines')
    .description('which help lines members are shown, and which a person must still call and confirm')
    .action(async () => {
      const { helpLinesCommand } = await import('./lessons.ts');
      await ends(helpLinesCommand());
    });
};
