import type { Command } from 'commander';
import type { changeRulesCommand, rulesCommand } from './rules.ts';

type RulesOptions = Parameters<typeof rulesCommand>[0];
type ChangeOptions = Parameters<typeof changeRulesCommand>[0];

/** Adds `rules` and `rules change`. `ends` takes a command's exit code. */
export const addRulesCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  // Its own options end where the name of the command below begins, since both have a --group.
  const rules = program.command('rules').enablePositionalOptions();
  rules
    .description("a group's rules in plain words: what holds, since when, who signed")
    .option('--group <name>', 'the name of the group, or "group, programme"')
    .option('--version <number>', 'an earlier version')
    .option('--all', 'every version, and what changed between them')
    .option('--language <language>', "es or en; the group's own when it is left out")
    .option('--json', 'print it for programs')
    .option(
      '--template <product>',
      'only print rules to start from: savings-group, solidarity-credit or tanda',
    )
    .action(async (options: RulesOptions) => {
      const { rulesCommand } = await import('./rules.ts');
      await ends(rulesCommand(options));
    });
  rules
    .command('change')
    .description(
      'give a group new rules: a new version, signed by two officers; what was booked stays as it is',
    )
    .option('--group <name>', 'the name of the group, or "group, programme"')
    .option('--file <file>', 'the new rules (JSON), whole, as --template prints them')
    .option(
      '--by <number>',
      "an officer's number in the group; twice",
      (number, all: string[]) => [...all, number],
      [],
    )
    .option('--since <date>', 'the day they hold from, such as 2026-11-24; today when it is left out')
    .option('--language <language>', "es or en; the group's own when it is left out")
    .option('--dry-run', 'say what would change, keep nothing')
    .option(
      '--template <product>',
      'only print rules to start from: savings-group, solidarity-credit or tanda',
    )
    .action(async (options: ChangeOptions) => {
      const { changeRulesCommand } = await import('./rules.ts');
      await ends(changeRulesCommand(options));
    });
};
