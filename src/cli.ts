import { Command, CommanderError } from 'commander';
import { addBackupCommands } from './cli/backup-options.ts';
import { addBookCommands } from './cli/book-options.ts';
import { guardCommands } from './cli/gate.ts';
import type { IndicatorOptions } from './cli/indicators.ts';
import { addLessonCommands } from './cli/lessons-options.ts';
import { addOutboxCommands } from './cli/outbox-options.ts';
import { addPaperCommands } from './cli/paper-options.ts';
import { addPersonCommands } from './cli/person-options.ts';
import { addRulesCommands } from './cli/rules-options.ts';

/** The operators' commands. Each returns its exit code: 0 done, 1 the answer is no, 2 it could not be done. */
const program = new Command('comadre')
  .description('Operate Comadre: the book of savings groups, by chat.')
  .exitOverride()
  .enablePositionalOptions()
  .showHelpAfterError();

// Whoever reads our output may stop reading, as `| head` does: that is the end, and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// Each command is loaded when it is asked for: `--help` opens no database library.
const ends = async (code: Promise<number>): Promise<void> => {
  process.exitCode = await code;
};

program
  .command('start')
  .description('run everything: channels, delivery, reminders, the web server')
  .action(async () => {
    await import('./main.ts');
  });
program
  .command('chat')
  .description(
    'talk to the bot in this terminal as somebody of the database; reads lines from standard input',
  )
  .requiredOption('--as <name>', 'first or full name; an unknown name is a stranger')
  .option('--record <file>', 'also write what was said as a transcript')
  .action(async (options: { as: string; record?: string }) => {
    const { chat } = await import('./cli/chat.ts');
    await ends(chat(options));
  });
program
  .command('import')
  .argument('<files...>', 'a programme file (JSON), a CSV of members, or both')
  .description('bring in a programme that runs on paper: all of it, or nothing')
  .option('--dry-run', 'try everything, keep nothing')
  .option('--json', 'print the report for programs')
  .option('--codes-to <file>', 'a new file for the invitation codes, which only its owner can read')
  .action(async (files: string[], options: { dryRun?: boolean; json?: boolean; codesTo?: string }) => {
    const { importCommand } = await import('./cli/import.ts');
    await ends(importCommand(files, options));
  });
program
  .command('export')
  .description('write programmes with their present balances, in the form that import accepts')
  .option('--csv', 'balances per member as CSV instead')
  .option('--programme <name>', 'which one, when there are several')
  .action(async (options: { csv?: boolean; programme?: string }) => {
    const { exportCommand } = await import('./cli/export.ts');
    await ends(exportCommand(options));
  });
program
  .command('indicators')
  .description(
    'attendance, savings, returns, arrears and the like, each with its definition; no names of people',
  )
  .option('--programme <name>', 'only this one')
  .option('--group <name>', 'a group\'s own figures, nothing withheld: its name, or "group, programme"')
  .option('--on <day>', "the book as it stood at the end of a day such as 2026-11-22; without it, today's")
  .option('--language <language>', 'es or en, for the table', 'es')
  .option('--json', 'for programs, in both languages')
  .option('--csv', 'for a spreadsheet, in both languages')
  .action(async (options: IndicatorOptions) => {
    const { indicatorsCommand } = await import('./cli/indicators.ts');
    await ends(indicatorsCommand(options));
  });
program
  .command('messages')
  .description('how many messages went out, by month, channel and group: some platforms charge for each')
  .option('--month <month>', 'only this one, such as 2026-11')
  .option('--members', 'for each member, by her number in the group; no names')
  .option('--json', 'for programs')
  .action(async (options: { month?: string; members?: boolean; json?: boolean }) => {
    const { messagesCommand } = await import('./cli/messages.ts');
    await ends(messagesCommand(options));
  });
program
  .command('verify-draw')
  .argument('[file]', 'the record of a draw as the group received it (JSON); - is standard input', '-')
  .description('draw again from a published record, and say whether the order is the published one')
  .option('--language <language>', 'es or en', 'es')
  .action(async (file: string, options: { language: string }) => {
    const { verifyDrawCommand } = await import('./cli/verify-draw.ts');
    await ends(verifyDrawCommand(file, options));
  });
program
  .command('draw')
  .description("the published record of a group's last draw, as verify-draw reads it")
  .requiredOption('--group <name>', 'the name of the group, or "group, programme"')
  .option('--all', 'every draw that is over, void ones too, one on each line, the oldest first')
  .action(async (options: { group: string; all?: boolean }) => {
    const { drawCommand } = await import('./cli/draw.ts');
    await ends(drawCommand(options));
  });
program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => {
    const { migrateCommand } = await import('./cli/migrate.ts');
    await ends(migrateCommand());
  });
program
  .command('reminders')
  .description('who is told what')
  .requiredOption('--at <instant>', 'a moment such as 2026-11-23T18:00:00-08:00')
  .option('--dry-run', 'only print it', false)
  .action(async (options: { at: string; dryRun: boolean }) => {
    const { remindersCommand } = await import('./cli/reminders.ts');
    await ends(remindersCommand(options));
  });
program
  .command('doctor')
  .description('what is configured, what is missing, how to fix it')
  .action(async () => {
    const { doctor } = await import('./cli/doctor.ts');
    await ends(doctor());
  });
program
  .command('templates')
  .description('the prepared messages to register with Meta for WhatsApp')
  .option('--json', "each as Meta's API takes it")
  .action(async (options: { json?: boolean }) => {
    const { templatesCommand } = await import('./cli/templates.ts');
    await ends(templatesCommand(options));
  });
program
  .command('understand')
  .description('what messages mean: JSON lines {"text","lang","role","roster"} in, an answer each out')
  .option('--explain', 'also say which words and which rule decided')
  .action(async (options: { explain?: boolean }) => {
    const { understandCommand } = await import('./cli/understand.ts');
    await ends(understandCommand(options));
  });
program
  .command('loan-schedule')
  .description('the repayment plan of a loan; reads and answers JSON, as do the two below')
  .action(async () => {
    const [{ answerStdin }, { scheduleQuestion }] = await Promise.all([
      import('./cli/json-question.ts'),
      import('./cli/loan-schedule.ts'),
    ]);
    await ends(answerStdin(scheduleQuestion));
  });
program
  .command('share-out')
  .description('what each member gets when a cycle closes')
  .action(async () => {
    const [{ answerStdin }, { shareOutQuestion }] = await Promise.all([
      import('./cli/json-question.ts'),
      import('./cli/share-out.ts'),
    ]);
    await ends(answerStdin(shareOutQuestion));
  });
program
  .command('allocate')
  .description('a total split by weights, to the last centavo')
  .action(async () => {
    const [{ answerStdin }, { allocationQuestion }] = await Promise.all([
      import('./cli/json-question.ts'),
      import('./cli/allocate.ts'),
    ]);
    await ends(answerStdin(allocationQuestion));
  });

addLessonCommands(program, ends);
addOutboxCommands(program, ends);
addBookCommands(program, ends);
addBackupCommands(program, ends);
addPaperCommands(program, ends);
addPersonCommands(program, ends);
addRulesCommands(program, ends);
guardCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  } else if (error.exitCode !== 0) process.exitCode = 2;
}
