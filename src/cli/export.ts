import { exportCsv, exportProgrammes } from '../store/export-programme.ts';
import { complain, json, noteNames, print, withStore } from './command.ts';

/** Everything with its present balances, for a person to keep: names are readable in it. */
export const exportCommand = async (options: {
  readonly csv?: boolean;
  readonly programme?: string;
}): Promise<number> =>
  withStore(async ({ database, store }) => {
    await noteNames({ store }, 'export');
    if (options.csv) {
      print(await exportCsv(database, store.secrets));
      return 0;
    }
    const all = await exportProgrammes(database, store.secrets);
    const chosen = all.filter(
      ({ programme }) => options.programme === undefined || programme.name === options.programme,
    );
    const [one] = chosen;
    if (!one || chosen.length > 1) {
      complain(
        `Say which programme: ${all.map(({ programme }) => `--programme "${programme.name}"`).join(' or ') || 'there is none yet'}.`,
      );
      return 2;
    }
    print(json(one));
    return 0;
  });
