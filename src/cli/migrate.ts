import { print, withStore } from './command.ts';

/** Opening the store applies what is missing; this says what that was. */
export const migrateCommand = async (): Promise<number> =>
  withStore(async ({ applied }) => {
    print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
    return 0;
  });
