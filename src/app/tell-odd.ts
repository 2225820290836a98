import type { Temporal } from 'temporal-polyfill';
import { oddNews } from '../conversation/flows/odd.ts';
import { tell } from '../conversation/notices.ts';
import { isNews, lastDay } from '../domain/odd/signs.ts';
import { readOdd } from '../store/odd.ts';
import { commitOdd, oddDue } from '../store/odd-news.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Reminding } from './weekly-jobs.ts';

/** Once a week staff hear in which groups something is worth a look, when something of it is new. Resolves to the messages. */
export const tellOdd = async (telling: Reminding, now: Temporal.Instant): Promise<number> => {
  const { store } = telling;
  return sumOfEach(await oddDue(store, now), async (programme) => {
    const odd = await readOdd(store, { groupIds: programme.groupIds, since: undefined, now });
    const fresh = odd.map((group) => ({
      ...group,
      findings: group.findings.filter((seen) => isNews(seen, programme.toldUpTo(group.groupId, seen.sign))),
    }));
    const news = fresh.flatMap(({ groupId, findings }) =>
      findings.map((seen) => ({ groupId, sign: seen.sign, on: lastDay(seen) })),
    );
    const groups = fresh.filter(({ findings }) => findings.length > 0).map(({ name }) => name);
    const notices = groups.length === 0 ? [] : tell(programme.staff, 'odd', oddNews(groups));
    const outbox = notices.flatMap((notice) => noticeRows(telling, notice));
    return (await commitOdd(store, programme, { news, outbox })) ? outbox.length : 0;
  });
};
