import { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../app/load-locales.ts';
import { createContent } from '../content/render.ts';
import type { OddGroup } from '../conversation/odd-facts.ts';
import { say } from '../conversation/say.ts';
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
    if (options.json) print(json({ groups: odd.map(forPrograms) }));
    else
      print(
        odd.length === 0 ? 'Nothing looks odd.' : odd.map((group) => pageOf(group, language)).join('\n\n'),
      );
    return 0;
  });
};

const forPrograms = ({ groupId, name, findings }: OddGroup) => ({
  group: name,
  groupId,
  findings: findings.map(({ sign, times, among, days, roles }) => ({
    sign,
    times,
    among,
    days: days.map(String),
    roles,
  })),
});

const pageOf = ({ name, findings }: OddGroup, language: 'es' | 'en'): string => {
  const { sentence } = createContent(loadLocales(new URL('locales/', ROOT)).texts);
  const lines = findings.map(({ sign, times, among, days, roles }) =>
    [
      `${sentence(say(`odd.${sign}`), language)}: ${times} of ${among}`,
      `    ${days.map(String).join(', ')}${roles.length > 0 ? `; ${roles.join(', ')}` : ''}`,
      `    ${sentence(say('odd.may', { why: [say(`odd.${sign}-may`)] }), language)}`,
    ].join('\n'),
  );
  return [name, ...lines].join('\n');
};

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};
