import type { Command } from 'commander';
import type { LessonReportOptions } from './lesson-report.ts';
import type { ApproveOptions } from './lesson-states.ts';

/** Adds `lessons` and `help-lines`. `ends` takes a command's exit code. */
export const addLessonCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const lessons = program
    .command('lessons')
    .description('what members learn by message: which lessons there are, and whether each may go out')
    .action(async () => {
      const { lessonStatesCommand } = await import('./lesson-states.ts');
      await ends(lessonStatesCommand());
    });
  lessons
    .command('approve')
    .argument('<lesson>', 'its id, such as F4')
    .requiredOption('--by <name>', 'who has read it and answers for it')
    .option('--language <tag>', 'in one language alone; Spanish and English when left out')
    .description(
      'a person approves the words of a lesson as they are now; when they change it is a draft again',
    )
    .action(async (id: string, options: ApproveOptions) => {
      const { approveLessonCommand } = await import('./lesson-states.ts');
      await ends(approveLessonCommand(id, options));
    });
  lessons
    .command('report')
    .option('--programme <name>', 'of one programme; of all of them when left out')
    .option('--json', 'for a program')
    .option('--csv', 'for a spreadsheet')
    .description('how far members come with each lesson; counts of fewer than five people are withheld')
    .action(async (options: LessonReportOptions) => {
      const { lessonReportCommand } = await import('./lesson-report.ts');
      await ends(lessonReportCommand(options));
    });
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
