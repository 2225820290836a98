import { potOf } from '../../domain/closing/pool.ts';
import { beginDraw, commitTo, type Draw, type DrawBy, type DrawPurpose } from '../../domain/draw/draw.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type DrawId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import type { DrawFacts } from '../draw-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { others } from './draw-close.ts';
import { type LotsRefusal, lotsFor } from './draw-purpose.ts';
import { drawRefusalText } from './draw-refusal.ts';
import { localTime } from './draw-texts.ts';
import { tandaRefusalText } from './tanda-refusal.ts';

/**
 * Words are taken while a meeting lasts. The end is set before anybody speaks: who could close when she likes could stop
 * at an outcome she likes.
 */
const WORDS_HOURS = 2;
/** Long enough that a second officer is found, short enough that a lost draw is not waited for. */
const REVEAL_HOURS_AFTER = 24;

/** What an open draw leaves to an earlier one: a draw of another cycle counts only while it is not over. */
const earlierOf = (facts: DrawFacts | 'none'): Draw | undefined => {
  if (facts === 'none') return undefined;
  const isOver = facts.draw.type === 'revealed' || facts.draw.type === 'void';
  return facts.isOfThisCycle || !isOver ? facts.draw : undefined;
};

/** Says what the draw is for and asks how it is done. Nothing begins by asking. */
export const beginQuestion = (
  turn: OfficerTurn,
  facts: DrawFacts | 'none',
  purpose: DrawPurpose,
): StepResult => {
  const lots = lotsFor(turn, purpose);
  if (!lots.ok) return decide(turn, { replies: [reply([lotsRefusalText(lots.refusal)])] });
  const explain = purpose === 'turns' ? say('draw-begin.explain-turns') : potText(turn);
  if (!explain) return needs({ type: 'closing' });
  const again = earlierOf(facts)?.type === 'void' ? [say('draw-begin.again')] : [];
  return decide(turn, {
    replies: [
      reply(
        [explain, ...again, say('draw-begin.how')],
        [
          offer('draw:begin:words', say('draw-begin.by-words')),
          offer('draw:begin:dice', say('draw-begin.by-dice')),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** What a closing would hand over today, as it will be worked out then; undefined while that is not known. */
const potText = ({ speaker: { extra, group } }: OfficerTurn): Say | undefined =>
  extra.closing &&
  say('draw-begin.explain', {
    pot: money(potOf(extra.closing.members, extra.closing, group.rules), group.currency),
  });

/** Begins the draw: the secret is kept, and all are told its commitment before anybody gives a word. */
export const begin = (
  turn: OfficerTurn,
  facts: DrawFacts | 'none',
  how: { readonly purpose: DrawPurpose; readonly by: DrawBy },
): StepResult => {
  const { purpose, by } = how;
  const { extra, group, me } = turn.speaker;
  if (!extra.closing) return needs({ type: 'closing' });
  if (!extra.voters) return needs({ type: 'voters' });
  const lots = lotsFor(turn, purpose);
  if (!lots.ok) return decide(turn, { replies: [reply([lotsRefusalText(lots.refusal)])] });
  if (otherOfficers(turn).length === 0)
    return decide(turn, { replies: [reply([say('draw-begin.no-officer')])] });
  const secret = turn.newSecret();
  const commit = commitTo(turn.sha256, secret);
  if (!commit.ok) return decide(turn, { replies: [reply([drawRefusalText(commit.refusal)])] });
  const wordsUntil = turn.snapshot.now.add({ hours: WORDS_HOURS });
  const revealUntil = wordsUntil.add({ hours: REVEAL_HOURS_AFTER });
  const begun = beginDraw(
    { purpose, by, commit: commit.value, members: lots.value, lots: lots.value, wordsUntil, revealUntil },
    earlierOf(facts),
  );
  if (!begun.ok) return decide(turn, { replies: [reply([drawRefusalText(begun.refusal)])] });
  const { plan } = begun.value;
  const id = asId<DrawId>(turn.newId());
  const until = localTime(wordsUntil, group.meeting.timeZone);
  const told = announcement(by, { count: plan.lots.length, commit: plan.commit, until });
  return decide(turn, {
    events: [
      {
        type: 'draw-begun',
        draw: { id, cycleId: extra.closing.cycleId, plan, secret, begunBy: me.id },
      },
    ],
    notices: tell(others(extra.voters, me.id), 'draw', toldBy(turn, told, how)),
    replies: [reply([say('draw-begin.done'), ...told], beginnersOffers(turn, by))],
  });
};

const lotsRefusalText = (refusal: LotsRefusal): Say =>
  refusal.type === 'nothing_saved' ? say('refusal.nothing_saved') : tandaRefusalText(refusal);

type Told = {
  readonly count: number;
  readonly commit: string;
  readonly until: ReturnType<typeof localTime>;
};

const announcement = (by: DrawBy, { count, commit, until }: Told): Say[] => [
  say('draw-begin.lots', { count }),
  say('draw-begin.commit', { commit }),
  say(by === 'dice' ? 'draw-begin.until-dice' : 'draw-begin.until-words', until),
];

const toldBy = (
  turn: OfficerTurn,
  told: readonly Say[],
  { purpose, by }: { readonly purpose: DrawPurpose; readonly by: DrawBy },
): Reply =>
  reply(
    [say(`draw-begin.told-${purpose}`, { name: firstName(turn.speaker.me.name) }), ...told],
    by === 'dice' ? [] : [offer('draw:word', say('draw-word.give'))],
  );

const beginnersOffers = (turn: OfficerTurn, by: DrawBy): Offer[] =>
  by === 'dice'
    ? [offer('draw:dice', say('draw-dice.write'))]
    : [offer('draw:word', say('draw-word.give')), ...offersForSilent(turn, new Set())];

/** Members who cannot be written to say their word to an officer. */
export const offersForSilent = (turn: OfficerTurn, given: ReadonlySet<number>): Offer[] =>
  turn.speaker.company.desk.roster
    .filter(({ reach, number }) => reach.length === 0 && !given.has(number))
    .map(({ id, name }) => offer(`draw:for:${id}`, say('draw-word.for', { name: firstName(name) })));
