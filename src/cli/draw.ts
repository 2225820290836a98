import { drawRecords } from '../store/draw-records.ts';
import { complain, print } from './command.ts';
import { withGroup } from './find-group.ts';

/**
 * Prints the record of a group's last draw that is over, or of all of them, each as JSON on one line. A draw that is
 * still open is not printed: nobody may read its secret.
 *
 * @returns 0 printed, 1 there is none yet, 2 no such group
 */
export const drawCommand = async (options: {
  readonly group: string;
  readonly all?: boolean;
}): Promise<number> =>
  withGroup(options.group, async ({ store }, groupId) => {
    const records = await drawRecords(store, groupId);
    if (records.length === 0) {
      complain(`No draw of "${options.group}" is over yet.`);
      return 1;
    }
    for (const record of options.all ? records : records.slice(-1)) print(JSON.stringify(record));
    return 0;
  });
