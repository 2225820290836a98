import type { ClosingRefusal } from '../../domain/closing/close-cycle.ts';
import type { ShareOutMethod } from '../../domain/closing/share-out.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { coversFirst, newcomerFirst } from './closing-settled.ts';
import { type ClosingWay, needsDraw, wayOf, wayText } from './closing-way.ts';
import { closedBy, payoutLine, refusalLines, totals } from './closing-words.ts';
import { drawStatus } from './draw-status.ts';

const METHODS: readonly ShareOutMethod[] = ['pro-rata', 'equal-profit', 'rebate', 'mixed'];

/** What each would get today, by the group's own way of closing or another: nothing is decided by looking. */
export const simulateClosing = (turn: OfficerTurn, wanted = ''): StepResult => {
  const facts = turn.speaker.extra.closing;
  if (!facts) return needs({ type: 'closing' });
  if (needsDraw(turn)) return needs({ type: 'draw' });
  if (facts.covered > 0n) return coversFirst(turn, facts);
  const newcomer = newcomerFirst(turn);
  if (newcomer) return newcomer;
  const own = wayOf(turn);
  if (!own) return drawStatus(turn);
  const way = METHODS.find((one) => one === wanted && typeof own === 'string') ?? own;
  const closed = closedBy(turn, facts, way);
  if (!closed.ok) return refused(turn, closed.refusal);
  return decide(turn, {
    replies: [
      reply(
        [
          say('closing.title', { method: [wayText(turn, way)], date: todayOf(turn) }),
          ...closed.value.payouts.map((payout) => payoutLine(turn, payout)),
          ...totals(turn, closed.value, way),
        ],
        [
          ...(way === own ? [offer('closing:propose', say('closing.propose'))] : []),
          ...othersThan(turn, way).map((one) => offer(`closing:see:${one}`, say(`closing-choice.${one}`))),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** Ways to compare: a savings pot with outside loans has no interest to give back. */
const othersThan = (turn: OfficerTurn, way: ClosingWay): readonly ShareOutMethod[] =>
  turn.speaker.group.rules.product === 'savings-group' && typeof way === 'string'
    ? METHODS.filter((one) => one !== way)
    : [];

/** Who owes more than she gets pays first, or the group votes that it is lost: then two officers say so. */
const refused = (turn: OfficerTurn, refusal: ClosingRefusal): StepResult =>
  decide(turn, {
    replies: [
      reply(
        refusalLines(turn, refusal),
        refusal.type === 'owes_more'
          ? [offer(`lost:${refusal.memberId}`, say('lost.voted')), offer('no', say('choice.not-now'))]
          : [],
      ),
    ],
  });
