import { Temporal } from 'temporal-polyfill';
import { isPersonal, roughly, tellsOfOne } from '../../domain/broadcast/audience.ts';
import { isQuiet } from '../../domain/quiet-hours.ts';
import type { AudiencePreview, BroadcastPlaces, BroadcastWay } from '../broadcast-facts.ts';
import { broadcastReply } from '../broadcast-message.ts';
import { reasonsSaid } from '../broadcast-report.ts';
import { LANGUAGES } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { audienceSaid } from './broadcast-audience.ts';
import { missingLanguage, tellingSaid } from './broadcast-content.ts';
import { closedSaid, priceSaid, total } from './broadcast-price.ts';
import { audited, seen } from './broadcast-seen.ts';
import { waysSaid } from './broadcast-ways.ts';

/** What is about to go out: made now, or by somebody else who waits for a second person's word. */
type Looked = Pick<Extract<Flow, { type: 'broadcast-check' }>, 'content' | 'audience' | 'at'> & {
  /** Who made it; the speaker, without it. */
  readonly author?: string;
};

/**
 * The message as it will come, in each language it goes out in, and what is to be known before it is sent: to how many,
 * by which ways, who is left out and why, what it costs, and three who will get it.
 */
export const preview = (
  turn: StaffTurn,
  flow: Extract<Flow, { type: 'broadcast-check' }>,
  before: readonly Say[] = [],
): StepResult => {
  const found = looked(turn, flow);
  if ('type' in found) return found;
  const { facts, replies } = found;
  if (facts.reached === 0) return askWho(turn, flow, [...replies.facts, say('send.nobody')]);
  return decide(turn, {
    flow,
    events: audited(turn, flow, facts),
    replies: [
      // What was seen a moment ago is not shown again with a word of what is wrong.
      ...(before.length > 0 ? [] : replies.messages),
      reply([...before, ...replies.facts, ...orders(turn, flow, facts)], changes(flow)),
    ],
  });
};

/** Nothing goes like that: to whom else? */
const askWho = (turn: StaffTurn, { content, audience }: Looked, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'broadcast-who', content },
    events: isPersonal(audience) ? [seen(turn)] : [],
    replies: [
      reply(
        [...before, say('send.who')],
        [offer('send:all', say('send.all')), offer('send:no', say('send.leave'))],
      ),
    ],
  });

/** The facts of a preview, and how they are shown; or what must be known first, or that it would tell of one woman. */
export const looked = (
  turn: StaffTurn,
  of: Looked,
):
  | StepResult
  | { readonly facts: AudiencePreview; readonly replies: { messages: Reply[]; facts: Say[] } } => {
  const { places, preview: exact } = turn.staff.broadcasts;
  if (!places) return needs({ type: 'places' });
  if (!exact) return needs({ type: 'audience', programmeId: turn.staff.programmeId, audience: of.audience });
  if (tellsOfOne(of.audience, exact)) return askWho(turn, of, [say('send.too-few')]);
  const facts = isPersonal(of.audience) ? inFives(exact) : exact;
  return {
    facts,
    replies: { messages: messagesOf(turn, of, facts), facts: factLines(turn, of, { facts, places }) },
  };
};

/** How many by which way, and why the others do not get it, would tell what the whole does not: of that nothing is shown. */
const inFives = (facts: AudiencePreview): AudiencePreview => ({
  ...facts,
  people: roughly(facts.people),
  reached: roughly(facts.reached),
  left: {},
  samples: [],
});

/** One of each language that it goes out in. */
const messagesOf = (turn: StaffTurn, { content, author }: Looked, { ways }: AudiencePreview): Reply[] => {
  const languages = LANGUAGES.filter((language) => ways.some((way) => way.language === language));
  return languages.map((language) => {
    const sender = { name: author ?? turn.staff.name, programme: turn.staff.programme };
    const shown = broadcastReply(content, { sender, language, lessons: turn.lessons });
    return { ...shown, language, lines: [say(`send.looks-${language}`), ...shown.lines] };
  });
};

const factLines = (
  turn: StaffTurn,
  of: Looked,
  { facts, places }: { readonly facts: AudiencePreview; readonly places: BroadcastPlaces },
): Say[] => [
  ...audienceSaid(of.audience, places),
  ...(isPersonal(of.audience) ? aboutMany(turn, facts) : exactly(turn, facts)),
  ...lengthSaid(of),
  ...tellingSaid(turn, of.content),
  ...(of.at === undefined ? nightSaid(turn, of, facts.ways) : []),
  ...(facts.samples.length > 0 ? [samplesSaid(facts)] : []),
];

const exactly = (turn: StaffTurn, facts: AudiencePreview): Say[] => [
  say('send.people', { count: facts.people, reached: facts.reached }),
  ...waysSaid(facts.ways),
  ...(facts.people > facts.reached ? [leftSaid(facts)] : []),
  ...closedSaid(facts.ways),
  ...priceSaid(turn, facts.ways),
];

const aboutMany = (turn: StaffTurn, { people, reached, ways }: AudiencePreview): Say[] => [
  say('send.people-about', { people, reached }),
  ...(ways.some(({ channel }) => turn.isWindowed(channel)) ? [say('send.price-about')] : []),
];

const leftSaid = ({ people, reached, left }: AudiencePreview): Say =>
  say('send.left-out', { count: people - reached, why: reasonsSaid(left) });

const samplesSaid = ({ samples }: AudiencePreview): Say =>
  say('send.samples', {
    who: samples.map(({ name, group }) => say('send.sample', { name: shortName(name), group })),
  });

/** First name and the letter of the next one: staff see who it is, a screen does not say all. */
const shortName = (name: string): string => {
  const [first = '', second] = name.split(' ');
  return second === undefined ? first : `${first} ${second.slice(0, 1)}.`;
};

const lengthSaid = ({ content: { es, en } }: Looked): Say[] => {
  const longest = Math.max(es?.length ?? 0, en?.length ?? 0);
  return longest > 0 ? [say('send.length', { count: longest })] : [];
};

/** Where it is night it waits for the morning. */
const nightSaid = (
  { snapshot: { now } }: StaffTurn,
  { audience }: Looked,
  ways: readonly BroadcastWay[],
): Say[] => {
  const asleep = total(ways.filter(({ timeZone }) => isQuiet(now, timeZone)));
  if (asleep === 0) return [];
  return [isPersonal(audience) ? say('send.night-about') : say('send.night', { count: asleep })];
};

/** What she must write for it to go out. */
const orders = (turn: StaffTurn, { at }: Looked, { reached }: AudiencePreview): Say[] => [
  ...(reached > turn.secondAbove ? [say('send.second-needed', { count: turn.secondAbove })] : []),
  at === undefined
    ? say('send.order', { count: reached })
    : say('send.order-at', { count: reached, ...momentOf(at) }),
];

/** A wall time as the texts take it. */
export const momentOf = (
  at: string,
): { readonly date: Temporal.PlainDate; readonly time: Temporal.PlainTime } => {
  const moment = Temporal.PlainDateTime.from(at);
  return { date: moment.toPlainDate(), time: moment.toPlainTime() };
};

const changes = ({ content }: Looked): Offer[] => {
  const missing = missingLanguage(content);
  return [
    offer('send:who', say('send.change-who')),
    offer('send:words', say('send.change-words')),
    ...(missing ? [offer('send:other', say(`send.add-${missing}`))] : []),
    offer('send:save', say('send.save')),
    offer('send:no', say('send.leave')),
  ];
};
