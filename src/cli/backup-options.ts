import type { Command } from 'commander';
import type { BackupOptions } from './backup.ts';
import type { RotateOptions } from './keys.ts';
import type { RestoreOptions } from './restore.ts';

/** One more value of an option that may be given several times. */
const oneMore = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds backup, restore and what is done with the keys. `ends` takes a command's exit code. */
export const addBackupCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  program
    .command('backup')
    .description('everything the database holds, and the key, sealed to a public key kept elsewhere')
    .requiredOption('--to <file>', 'a new file; the keys go beside it, into <file>.keys.age')
    .option('--recipient <age1…>', 'who can open it; may be given several times', oneMore)
    .option('--recipients-file <file>', 'the same, one public key a line')
    .option(
      '--accept',
      'after an ALARM: what is missing is known, and the next backup is measured by this one',
    )
    .action(async (options: BackupOptions) => {
      const { backupCommand } = await import('./backup.ts');
      await ends(backupCommand(options));
    });
  program
    .command('restore')
    .description('bring a backup back into an empty database: all of it, or nothing')
    .requiredOption('--from <file>', 'the books of the backup')
    .option('--keys <file>', 'its keys, or newer ones; without it those beside it')
    .requiredOption('--identity <file>', 'the secret that opens it, AGE-SECRET-KEY-1…')
    .option('--into <where>', 'a new folder; without it the database of the settings, which may be a server')
    .option('--key-file <file>', 'where the key goes; without it beside the folder, or as the settings say')
    .action(async (options: RestoreOptions) => {
      const { restoreCommand } = await import('./restore.ts');
      await ends(restoreCommand(options));
    });
  addKeyCommands(program, ends);
};

const addKeyCommands = (program: Command, ends: (code: Promise<number>) => Promise<void>): void => {
  const keys = program
    .command('keys')
    .description('the generations of the key, and how much is sealed under each')
    .action(async () => {
      const { keysCommand } = await import('./keys.ts');
      await ends(keysCommand());
    });
  keys
    .command('new')
    .description(
      "make the next generation's file and use it for nothing yet; only where several machines share a database",
    )
    .action(async () => {
      const { newKeyCommand } = await import('./keys.ts');
      await ends(newKeyCommand());
    });
  keys
    .command('rotate')
    .description('seal everything anew under a new generation of the key; may be interrupted and run again')
    .option('--page <rows>', 'how many values in one transaction', '500')
    .option('--leave-broken', 'let go of what opens under no key that is here: it stays unreadable')
    .option(
      '--one-machine',
      'on a server: no other machine uses this database, so the file need not be copied first',
    )
    .action(async (options: RotateOptions) => {
      const { rotateKeysCommand } = await import('./keys.ts');
      await ends(rotateKeysCommand(options));
    });
  keys
    .command('retire')
    .argument('<generation>', 'its number')
    .description('take an older generation away for good; refused while anything is sealed under it')
    .action(async (generation: string) => {
      const { retireKeyCommand } = await import('./keys.ts');
      await ends(retireKeyCommand(generation));
    });
  keys
    .command('new-backup-pair')
    .requiredOption('--to <file>', 'where the secret goes: not on the server')
    .description('a pair of keys for backups; opens no database')
    .action(async (options: { to: string }) => {
      const { newBackupPairCommand } = await import('./keys.ts');
      await ends(newBackupPairCommand(options));
    });
};
