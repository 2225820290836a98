import type { Opened } from '../start.ts';
import { type ListedGroup, listGroups } from '../store/paper-facts.ts';
import { complain, withStore } from './command.ts';
import { plain } from './find-person.ts';

export const NO_GROUP = 'There is no group yet. Bring one in first: comadre import programme.json';

/** Opens the database for work on one group, by its name or "group, programme". Another name is refused in a sentence. */
export const withGroup = async (
  name: string,
  work: (opened: Opened, groupId: string) => Promise<number>,
): Promise<number> =>
  withStore(async (opened) => {
    const groups = await listGroups(opened.store);
    const wanted = plain(name);
    const full = (group: ListedGroup): string => `${group.name}, ${group.programme}`;
    const found = groups.filter((group) => [group.name, full(group)].map(plain).includes(wanted));
    const [one] = found;
    if (one && found.length === 1) return work(opened, one.id);
    if (groups.length === 0) return refuse(NO_GROUP);
    const choices = (one ? found : groups).map((group) => `  --group "${one ? full(group) : group.name}"`);
    const said = one ? 'More than one group is called that.' : `No group is called "${name}".`;
    return refuse(`${said} Say which:\n${choices.join('\n')}`);
  });

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};
