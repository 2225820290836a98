import type { Content } from '../content/render.ts';
import type { Language } from '../conversation/message.ts';
import type { OddGroup } from '../conversation/odd-facts.ts';
import { say } from '../conversation/say.ts';

/** What is worth a look, for programs. */
export const oddReport = (groups: readonly OddGroup[]) => ({
  groups: groups.map(({ groupId, name, findings, booked, objections }) => ({
    group: name,
    groupId,
    booked,
    objections,
    findings: findings.map(({ days, ...seen }) => ({ ...seen, days: days.map(String) })),
  })),
});

/** The same for people: each group with what is seen, how often, on which days, by which offices, and why it may be innocent. */
export const oddPage = (content: Content, groups: readonly OddGroup[], language: Language): string =>
  groups
    .map(({ name, findings }) =>
      [name, ...findings.map((seen) => seenText(content, seen, language))].join('\n'),
    )
    .join('\n\n');

const seenText = (
  content: Content,
  { sign, times, among, days, roles }: OddGroup['findings'][number],
  language: Language,
): string =>
  [
    `${content.sentence(say(`odd.${sign}`), language)}: ${times} / ${among}`,
    `    ${days.map(String).join(', ')}${roles.length > 0 ? `; ${roles.join(', ')}` : ''}`,
    `    ${content.sentence(say('odd.may', { why: [say(`odd.${sign}-may`)] }), language)}`,
  ].join('\n');
