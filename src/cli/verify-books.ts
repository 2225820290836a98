import { verifyBooks } from '../store/verify-books.ts';
import { complain, json, print, withStore } from './command.ts';

/** Exit 0 when every book is right, 1 when one is not. */
export const verifyBooksCommand = async (options: { readonly json?: boolean }): Promise<number> =>
  withStore(async ({ database }) => {
    const report = await verifyBooks(database);
    const [first] = report.faults;
    if (options.json) print(json(report));
    else if (!first) print(`All right: ${report.groups} groups, ${report.entries} entries.`);
    else {
      for (const fault of report.faults) {
        const { place } = fault;
        complain(
          `Group ${fault.groupId}, entry ${String(fault.seq)}${place === undefined ? '' : `, ${place}`}: it does not hold that ${fault.rule}.`,
        );
      }
    }
    return first ? 1 : 0;
  });
