import { type Command, CommanderError } from 'commander';
import type { Action } from '../domain/access/actions.ts';
import { authorize } from '../domain/access/authorize.ts';

/** Commands that open names of members, each with the row it leaves in the record of who did what before it shows one. */
export const NAMING = {
  export: 'programmes-exported',
  reminders: 'reminders-shown',
  'paper passbook': 'passbook-made',
  'paper report': 'report-made',
  'paper sheet': 'sheet-made',
  'person export': 'member-looked-up',
  'person erase': 'member-looked-up',
  'person pin-reset': 'member-looked-up',
  rules: 'rules-shown',
  // Whoever speaks as somebody is shown what she would be.
  chat: 'spoken-as',
} as const;

export type NamingCommand = keyof typeof NAMING;

/** What each command does. One that is not here is not run, whoever wrote it. */
export const COMMANDS: Readonly<Record<string, Action>> = Object.fromEntries(
  [
    ...Object.keys(NAMING),
    'start',
    'import',
    'indicators',
    'audit',
    'odd',
    'messages',
    'verify-draw',
    'draw',
    'migrate',
    'doctor',
    'templates',
    'understand',
    'loan-schedule',
    'share-out',
    'allocate',
    'verify-books',
    'check-words',
    'lessons',
    'lessons approve',
    'lessons report',
    'lessons check',
    'help-lines',
    'outbox',
    'outbox parked',
    'outbox retry',
    'rights',
    'privacy-notice',
    'rules change',
    'backup',
    'restore',
    'keys',
    'keys new',
    'keys rotate',
    'keys retire',
    'keys new-backup-pair',
  ].map((name) => [name, 'operate' as const]),
);

const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

/** Every command goes by the table of permissions before it begins. @throws CommanderError for one that is not in it */
export const guardCommands = (program: Command): void => {
  program.hook('preAction', (_program, command) => {
    const name = nameOf(command);
    const action = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (authorize({ type: 'operator' }, action) === 'allowed') return;
    throw new CommanderError(
      2,
      'comadre.denied',
      `nobody has said who may run "${name}": see src/cli/gate.ts`,
    );
  });
};
