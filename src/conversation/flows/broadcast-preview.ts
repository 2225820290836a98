import { Temporal } from 'temporal-polyfill';
import { isPersonal, tellsOfOne } from '../../domain/broadcast/audience.ts';
import { isQuiet } from '../../domain/quiet-hours.ts';
import type { AudiencePreview, BroadcastPlaces, BroadcastWay } from '../broadcast-facts.ts';
import { broadcastReply } from '../broadcast-message.ts';
import { reasonsSaid } from '../broadcast-report.ts';
import { LANGUAGES, type Language } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { audienceSaid } from './broadcast-audience.ts';
import { missingLanguage, tellingSaid } from './broadcast-content.ts';
import { closedSaid, priceSaid, total } from './broadcast-price.ts';
import { audited, seen } from './broadcast-seen.ts';

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
  const { places, preview: facts } = turn.staff.broadcasts;
  if (!places) return needs({ type: 'places' });
  if (!facts) return needs({ type: 'audience', programmeId: turn.staff.programmeId, audience: of.audience });
  if (tellsOfOne(of.audience, facts)) return askWho(turn, of, [say('send.too-few')]);
  return {
    facts,
    replies: { messages: messagesOf(turn, of, facts), facts: factLines(turn, of, { facts, places }) },
  };
};

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
  say('send.people', { count: facts.people, reached: facts.reached }),
  ...waysSaid(facts.ways),
  ...(facts.people > facts.reached ? [leftSaid(facts)] : []),
  ...closedSaid(facts.ways),
  ...priceSaid(turn, facts.ways),
  ...lengthSaid(of),
  ...tellingSaid(turn, of.content),
  ...(of.at === undefined ? nightSaid(turn, facts.ways) : []),
  ...(facts.samples.length > 0 && !isPersonal(of.audience) ? [samplesSaid(facts)] : []),
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

/** "Telegram, español: 34", a line for each channel and language. */
const waysSaid = (ways: readonly BroadcastWay[]): Say[] => {
  const counts = new Map<string, { channel: string; language: Language; messages: number }>();
  for (const { channel, language, messages } of ways) {
    const key = `${channel}/${language}`;
    const before = counts.get(key)?.messages ?? 0;
    counts.set(key, { channel, language, messages: before + messages });
  }
  return [...counts.values()].map(({ channel, language, messages }) =>
    say('send.way', {
      channel: channelName(channel),
      language: [say(`send.in-${language}`)],
      count: messages,
    }),
  );
};

const CHANNELS: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  'whatsapp-cloud': 'WhatsApp',
  'whatsapp-web': 'WhatsApp',
  simulator: 'Simulador',
};

const channelName = (channel: string): string => CHANNELS[channel] ?? channel;

const lengthSaid = ({ content: { es, en } }: Looked): Say[] => {
  const longest = Math.max(es?.length ?? 0, en?.length ?? 0);
  return longest > 0 ? [say('send.length', { count: longest })] : [];
};

/** Where it is night it waits for the morning. */
const nightSaid = ({ snapshot: { now } }: StaffTurn, ways: readonly BroadcastWay[]): Say[] => {
  const asleep = total(ways.filter(({ timeZone }) => isQuiet(now, timeZone)));
  return asleep > 0 ? [say('send.night', { count: asleep })] : [];
};

/** What she must write for it to go out. */
const orders = (turn: StaffTurn, { at }: Looked, { reached }: AudiencePreview): Say[] => [
  ...(reached > turn.secondAbove ? [say('send.second-needed', { count: turn.secondAbove })] : []),
  at === undefined
    ? say('send.order', { count: reached })
    : say('send.order-at', { count: reached, ...momentOf(at) }),
];

/** Where they live whom it comes to. */
export const zonesOf = ({ ways }: AudiencePreview): string[] => [
  ...new Set(ways.map(({ timeZone }) => timeZone)),
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
