import { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../app/load-locales.ts';
import { oddPage, oddReport } from '../app/odd-report.ts';
import { createContent } from '../content/render.ts';
import { ROOT } from '../start.ts';
import { noteOperator } from '../store/audit.ts';
import { readOdd } from '../store/odd.ts';
import { listGroups } from '../store/paper-facts.ts';
import { complain, json, print, withStore } from './command.ts';
import { choose, dayOf } from './indicators.ts';

export type OddOptions = {
  readonly programme?: string;
  readonly group?: string;
  readonly since?: string;
  readonly language: string;
  readonly json?: boolean;
};

/** What is worth a look in groups: days and offices, no name of a person. That somebody looked is written down. */
export const oddCommand = async (options: OddOptions): Promise<number> => {
  const { language } = options;
  if (language !== 'es' && language !== 'en')
    return refuse(`--language "${language}" is not one of ours. Write --language es or --language en.`);
  const since = dayOf(options.since, '--since');
  if (!since.ok) return refuse(since.problem);
  return withStore(async ({ store }) => {
    const chosen = choose(await listGroups(store), options);
    if (!chosen.ok) return refuse(chosen.problem);
    const groupIds = chosen.groups.map(({ id }) => id);
    const now = Temporal.Now.instant();
    const [only] = groupIds;
    const subject = options.group !== undefined && only !== undefined ? `group/${only}` : undefined;
    await noteOperator(store.pool, { action: 'odd-seen', subject, now });
    const odd = await readOdd(store, { groupIds, since: since.on, now });
    if (options.json) print(json(oddReport(odd)));
    else if (odd.length === 0) print('Nothing looks odd.');
    else print(oddPage(createContent(loadLocales(new URL('locales/', ROOT)).texts), odd, language));
    return 0;
  });
};

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};
