import { type Language, TEXT_CHARS_MAX } from '../message.ts';
import { saysMinor } from './age.ts';
import { amountsIn, readSpelledAmount } from './amount.ts';
import { readJoinCode } from './code.ts';
import { languageOf, outOf, topicOf } from './detail.ts';
import { isContradiction } from './dispute.ts';
import { findIntent } from './intent.ts';
import type { Lexicons } from './lexicon.ts';
import type { Intent, Meaning, RosterEntry, UnderstandRole } from './meaning.ts';
import { AMOUNT_INTENTS, isIntent, NUMBER_INTENTS } from './meaning.ts';
import { resolveName } from './name.ts';
import { readPaymentList } from './payment-list.ts';
import type { Spelled } from './phrase.ts';
import { purposeOf, readReport, takenBy } from './report.ts';
import { type Names, namesOf } from './roster.ts';
import { readOfDay, weekdayIn } from './said-day.ts';
import { secondOpinion } from './second-opinion.ts';
import { sharesAsMoney } from './shares.ts';
import { signAlone } from './sign-alone.ts';
import { spell } from './spell.ts';
import { timedIntent } from './timed.ts';
import { findUrgent } from './urgent.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** What our last question asked for. A menu's numbers are the caller's business. */
export type Expecting = 'menu' | 'amount' | 'name' | 'nothing';

/** What understanding may know of the person and of what we asked last. */
export type UnderstandContext = {
  readonly language: Language;
  readonly role: UnderstandRole;
  readonly roster: readonly RosterEntry[];
  readonly expecting: Expecting;
  readonly lexicons: Lexicons;
  /** What a share costs, in minor units, where the group saves by shares. */
  readonly sharePrice?: bigint | undefined;
};

type Heard = {
  readonly text: string;
  readonly tokens: readonly Spelled[];
  readonly vocabulary: Vocabulary;
  readonly names: Names;
  readonly context: UnderstandContext;
};

/** More than a long list of forty members has. A message with more is only searched for danger. */
const TOKENS_MAX = 400;

/**
 * What a message means. The same text in the same context always means the same; nothing is guessed about money, and
 * `unknown` is given rather than a wrong action. Danger goes before everything. A bare number means something only when
 * an amount was expected: then the intent is `unknown` and `amountMinor` is set. Numbers of a menu and single names that
 * were asked for are the caller's to resolve. Never throws.
 */
export const understand = (text: string, context: UnderstandContext): Meaning => {
  const heard = hear(text.slice(0, TEXT_CHARS_MAX), context);
  const long = heard.tokens.length > TOKENS_MAX;
  const list =
    context.role === 'leader' && !long ? readPaymentList(heard, heard.vocabulary, heard.names) : undefined;
  const named = list !== undefined || context.expecting === 'name';
  const urgent = findUrgent(heard.tokens, heard.vocabulary, named ? heard.names.sounds : undefined);
  if (urgent !== undefined) return meaning('urgent', { why: [`urgent: ${urgent}`] });
  if (long) return meaning('unknown', { clarify: /\p{N}/u.test(heard.text), why: ['too many words'] });
  const answer = signAlone(heard.tokens);
  if (answer) return meaning(answer, { why: ['a sign alone'] });
  const code = readJoinCode(heard.text, heard.vocabulary);
  if (code !== undefined) return meaning('join', { code, why: ['join: code'] });
  const ofDay = context.role === 'leader' ? readOfDay(heard.text, context.lexicons) : undefined;
  return { ...(expected(heard) ?? listed(list, heard) ?? spoken(heard)), ...(ofDay && { ofDay }) };
};

const listed = (list: ReturnType<typeof readPaymentList>, heard: Heard): Meaning | undefined => {
  if (!list) return undefined;
  // "Quítale 20 de multa a Ana" names a member, an amount and a fine, and gives her none.
  if (list.items.length === 1 && spoken(heard).intent === 'fine.off') return undefined;
  const [only, ...more] = list.items;
  const single = list.intent === 'fine' || list.intent === 'loan.disburse';
  const amount = single && more.length === 0 ? only?.amountMinor : undefined;
  return { ...list, ...(amount === undefined ? {} : { amountMinor: amount }) };
};

const meaning = (intent: Intent, more: Partial<Meaning>): Meaning => ({
  intent,
  items: [],
  ambiguous: [],
  unknown: [],
  clarify: false,
  why: [],
  ...more,
});

const hear = (text: string, context: UnderstandContext): Heard => {
  const vocabulary = vocabularyOf(context.lexicons, context.language);
  const names = namesOf(context.roster, context.lexicons);
  const spelled = (words: string) => spell(words, vocabulary, names.allSounds);
  const given = { text, tokens: spelled(text) };
  const { sharePrice } = context;
  const said = sharePrice === undefined ? text : sharesAsMoney(given, vocabulary, sharePrice);
  const heard = said === text ? given : { text: said, tokens: spelled(said) };
  return { ...heard, vocabulary, names, context };
};

/** The answer to what was asked last, when it is nothing but that. */
const expected = ({ text, tokens, vocabulary, context }: Heard): Meaning | undefined => {
  if (context.expecting === 'amount') {
    const reading = readSpelledAmount(text, tokens, vocabulary.numbers);
    if (reading.type === 'amount')
      return meaning('unknown', { amountMinor: reading.minor, why: ['an amount alone'] });
  }
  if (context.expecting !== 'name') return undefined;
  const reading = resolveName(text, context.roster, context.lexicons);
  if (reading.type === 'unknown') return undefined;
  const ambiguous =
    reading.type === 'ambiguous' ? [{ text: text.trim(), candidates: reading.candidates }] : [];
  return meaning('unknown', { ambiguous, why: ['a name alone'] });
};

const spoken = (heard: Heard): Meaning => {
  const { tokens, vocabulary, context, names } = heard;
  if (saysMinor(tokens, vocabulary.numbers, context.lexicons))
    return meaning('minor', { why: ['minor: her age'] });
  const amounts = amountsIn(tokens, vocabulary.numbers);
  const taken = takenBy(amounts);
  const rest = tokens.filter((_, at) => !taken.has(at));
  const hearing = {
    vocabulary,
    role: context.role,
    language: context.language,
    names: names.sounds,
    given: names.given,
    amountIntents: NUMBER_INTENTS,
  };
  const found = findIntent(rest, { ...hearing, amounts: amounts.length });
  const without = (words: readonly Spelled[]) => findIntent(words, { ...hearing, amounts: 0 })?.intent;
  const timed = found ? undefined : timedIntent(heard, amounts, without);
  if (timed) return withDetail(timed, heard, { why: `${timed}, and a time`, amounts: [] });
  // A leader who gives money to a member is not paying in; a member may say whom she gave hers to.
  const receivers = context.role === 'leader' ? new Set<string>() : names.sounds;
  if (isContradiction({ tokens, amounts }, vocabulary))
    return meaning('payment.dispute', { why: ['dispute: two amounts'] });
  const report =
    found?.intent === 'payment.dispute' ? undefined : readReport({ tokens, amounts }, vocabulary, receivers);
  const saysMore = found !== undefined && amounts.length === 0 && found.words > (report?.words ?? 0);
  if (report && !saysMore) return meaning('payment.report', { ...report.money, why: [report.why] });
  if (found && isIntent(found.intent)) return withDetail(found.intent, heard, { why: found.why, amounts });
  const likely = likeliest(heard, amounts);
  if (likely) return likely;
  const asked = context.expecting === 'amount' && amounts.some(({ amount }) => !amount.counted);
  return meaning('unknown', {
    clarify: asked,
    why: asked ? ['an amount was expected and none is certain'] : [],
  });
};

/** What the model makes of it. It names an intent and nothing else: money that was said is asked for again. */
const likeliest = (heard: Heard, amounts: ReturnType<typeof amountsIn>): Meaning | undefined => {
  const { tokens, vocabulary, names, context } = heard;
  const { model } = context.lexicons[context.language];
  if (!model) return undefined;
  const opinion = secondOpinion(
    { tokens, amounts, names: names.sounds },
    { model, vocabulary, role: context.role },
  );
  const asked = context.expecting === 'amount' || context.expecting === 'name';
  if (!opinion || (asked && opinion.intent !== 'urgent')) return undefined;
  const clarify = AMOUNT_INTENTS.has(opinion.intent) && amounts.length > 0;
  return { ...withDetail(opinion.intent, heard, { why: opinion.why, amounts: [] }), clarify };
};

const withDetail = (
  intent: Intent,
  heard: Heard,
  { why, amounts }: { why: string; amounts: ReturnType<typeof amountsIn> },
): Meaning => {
  const base = { ...meaning(intent, { why: [why] }), ...(intent === 'money.out' && outOf(heard)) };
  if (AMOUNT_INTENTS.has(intent)) {
    const [only, ...more] = amounts.filter(({ amount }) => !amount.counted);
    if (!only) return base;
    if (more.length > 0 || only.amount.minor === undefined) return { ...base, clarify: true };
    const purpose = intent === 'payment.report' ? purposeOf(heard.tokens, heard.vocabulary) : {};
    return { ...base, amountMinor: only.amount.minor, ...purpose };
  }
  if (intent === 'language.set') return { ...base, ...languageOf(heard) };
  if (intent === 'reminders.on' || intent === 'reminders.group-on') {
    const weekday = weekdayIn(heard.text, heard.context.lexicons);
    return weekday === undefined ? base : { ...base, weekday };
  }
  return intent === 'lesson.topic' ? { ...base, ...topicOf(heard) } : base;
};
