import { meetingWords } from '../store/meeting-words.ts';
import { complain, print } from './command.ts';
import { withGroup } from './find-group.ts';

/**
 * The words that a group wrote down at the end of its meetings, from the rows of its book as they stand now.
 *
 * @returns 0; 1 when the book gives other words than were said then; 2 when there was no such meeting
 */
export const checkWordsCommand = async (options: {
  readonly group: string;
  readonly on?: string;
}): Promise<number> =>
  withGroup(options.group, async ({ database }, groupId) => {
    const all = await meetingWords(database, groupId);
    const asked = all.filter(({ on }) => options.on === undefined || on === options.on);
    if (asked.length === 0) {
      complain(options.on ? `No meeting of ${options.on} was closed.` : 'No meeting was closed yet.');
      return 2;
    }
    for (const { on, seq, words } of asked) print(`${on}  up to entry ${seq}: ${words}`);
    const changed = asked.filter(({ words, told }) => words !== told);
    for (const { on, told } of changed)
      complain(`On ${on} other words were said: ${told}. The book was changed since.`);
    return changed.length > 0 ? 1 : 0;
  });
