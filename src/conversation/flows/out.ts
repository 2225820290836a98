import type { CapitalKind } from '../../domain/capital.ts';
import { expenseWords } from '../../domain/expense.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type MoneyOutId } from '../../domain/ids.ts';
import { type Money, money } from '../../domain/money.ts';
import { isCapital, OUT_KINDS, type OutKind } from '../../domain/money-out.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { onWithMeeting } from './meeting.ts';
import { askFor, forWhat, NO_ANSWER } from './out-expense.ts';
import { type Asked, oneIn, outLine, planOut } from './out-plan.ts';
import { outRefusalText } from './out-refusal.ts';
import { outQuestion, witnessesOf } from './out-witness.ts';
import { namedIn } from './roll.ts';

/** "Sacar dinero": for what it leaves the box, and in a group with a lender what came in from it. */
export const startOut = (turn: OfficerTurn): StepResult => {
  const { rules, lender } = turn.speaker.group;
  const kinds = OUT_KINDS.filter((kind) =>
    isCapital(kind) ? lender : kind !== 'withdrawal' || rules.withdrawals === 'any-meeting',
  );
  return decide(turn, {
    replies: [
      reply(
        [say(lender ? 'out.what-lender' : 'out.what')],
        [
          ...kinds.map((kind) => offer(`out:${kind}`, say(`out-choice.${kind}`))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

export const outKind = (turn: OfficerTurn, chosen: string): StepResult | undefined => {
  const kind = OUT_KINDS.find((one) => one === chosen);
  if (!kind) return undefined;
  return isCapital(kind) ? startCapital(turn, kind) : ask(turn, kind, []);
};

/** "Llegó capital 10000", "devolvimos 5 mil a la organización": with its amount it is read back, without one it is asked for. */
export const startCapital = (turn: OfficerTurn, kind: CapitalKind): StepResult => {
  const { group } = turn.speaker;
  if (!group.lender)
    return decide(turn, { replies: [reply([outRefusalText({ type: 'no_lender' })], onWithMeeting(turn))] });
  return turn.input.type === 'words' && turn.input.meaning.amountMinor !== undefined
    ? amountOnly(turn, kind)
    : ask(turn, kind, []);
};

/** The one amount of what she wrote, for what is nobody's own. */
const amountOnly = (turn: OfficerTurn, kind: OutKind): StepResult => {
  const { amountMinor, clarify } = turn.input.type === 'words' ? turn.input.meaning : {};
  if (!amountMinor || clarify) return ask(turn, kind, [say('report.unclear')]);
  const asked = money(amountMinor, turn.speaker.group.currency);
  if (kind !== 'expense') return readBack(turn, { kind, member: undefined, asked });
  const words = forWhat(turn);
  if (words !== undefined) return readExpense(turn, asked, words);
  // What the box cannot pay is said before she is asked what it was for.
  const planned = planOut(turn, { kind, member: undefined, asked });
  return planned && !planned.ok
    ? decide(turn, { replies: [reply([outRefusalText(planned.refusal)], onWithMeeting(turn))] })
    : askFor(turn, asked, []);
};

/** As many words of hers are tried for where the name begins. */
const WORDS_TRIED = 12;

/** "retiro de Refugio 20", "gasto de 50": read back at once when all of it was said, else asked for. */
export const outInWords = (turn: OfficerTurn): StepResult => {
  const kind = turn.input.type === 'words' ? turn.input.meaning.out : undefined;
  if (!kind) return startOut(turn);
  if (kind === 'expense')
    return turn.input.type === 'words' && turn.input.meaning.amountMinor !== undefined
      ? amountOnly(turn, kind)
      : ask(turn, kind, []);
  const { rules } = turn.speaker.group;
  if (kind === 'withdrawal' && rules.withdrawals !== 'any-meeting')
    return decide(turn, {
      replies: [reply([outRefusalText({ type: 'not_before_closing' })], onWithMeeting(turn))],
    });
  const words = turn.input.type === 'words' ? turn.input.text.split(/\s+/u).slice(0, WORDS_TRIED) : [];
  for (const at of words.keys()) {
    const said = oneIn(turn, words.slice(at).join(' '));
    if (said) return readBack(turn, { kind, ...said });
  }
  return ask(turn, kind, []);
};

const ask = (turn: OfficerTurn, kind: OutKind, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'out-who', kind },
    replies: [reply([...before, say(`out-ask.${kind}`)], [offer('no', say('choice.cancel'))])],
  });

/** Her answer: a name and an amount, a name, or an amount, by what the money is for. */
export const outAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (turn.input.type !== 'words') return undefined;
  if (flow.type === 'out-for') return forAnswer(turn, flow.amount);
  if (flow.type !== 'out-who') return undefined;
  const { text } = turn.input;
  const { currency } = turn.speaker.group;
  if (flow.kind === 'expense' || isCapital(flow.kind)) return amountOnly(turn, flow.kind);
  if (flow.kind === 'leaving') {
    const [member, ...more] = namedIn(turn, text).members;
    if (!member || more.length > 0) return ask(turn, flow.kind, [say('out.unclear')]);
    return readBack(turn, { kind: flow.kind, member, asked: money(0n, currency) });
  }
  const said = oneIn(turn, text);
  return said ? readBack(turn, { kind: flow.kind, ...said }) : ask(turn, flow.kind, [say('out.unclear')]);
};

/** Her answer to what it was for. */
const forAnswer = (turn: OfficerTurn, minor: string): StepResult => {
  const asked = money(BigInt(minor), turn.speaker.group.currency);
  if (turn.input.type !== 'words' || NO_ANSWER.has(turn.input.meaning.intent)) return askFor(turn, asked, []);
  return readExpense(turn, asked, turn.input.text);
};

const readExpense = (turn: OfficerTurn, asked: Money, text: string): StepResult => {
  const words = expenseWords(text);
  if (words.ok) return readBack(turn, { kind: 'expense', member: undefined, asked, words: words.value });
  const { refusal } = words;
  return askFor(turn, asked, [
    refusal.type === 'no_words'
      ? say('refusal.no_words')
      : say('refusal.too_many_words', { most: refusal.most }),
  ]);
};

const readBack = (turn: OfficerTurn, of: Asked): StepResult => {
  if (of.member?.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('out.own')])] });
  const planned = planOut(turn, of);
  if (!planned) return needs({ type: 'closing' });
  if (!planned.ok && isCapital(of.kind)) return ask(turn, of.kind, [outRefusalText(planned.refusal)]);
  if (!planned.ok)
    return decide(turn, { replies: [reply([outRefusalText(planned.refusal)], onWithMeeting(turn))] });
  const id = asId<MoneyOutId>(turn.newId());
  return decide(turn, {
    flow: {
      type: 'out-confirm',
      kind: of.kind,
      memberId: of.member?.id,
      amount: planned.value.amount.minor.toString(),
      words: of.words,
      outId: id,
    },
    replies: [
      reply(
        [outLine(of, planned.value), say('list.question')],
        [offer(`out:yes:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/**
 * Her yes. Who gets the money says that she has it; without a telephone, or for an expense, another officer says the same.
 * That somebody leaves with what the book owes her, another officer says before she is asked.
 */
export const proposeOut = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'out-confirm' || flow.outId !== id) return undefined;
  const { company, group, me } = turn.speaker;
  const member = company.desk.roster.find((one) => one.id === flow.memberId);
  const amount = money(BigInt(flow.amount), group.currency);
  const asked = { kind: flow.kind, member, asked: amount, words: flow.words };
  const planned = planOut(turn, asked);
  if (!planned) return needs({ type: 'closing' });
  if (!planned.ok)
    return decide(turn, { replies: [reply([outRefusalText(planned.refusal)], onWithMeeting(turn))] });
  if (planned.value.amount.minor !== amount.minor) return readBack(turn, asked);
  const out = { ...asked, words: flow.words, id: flow.outId, amount, by: me.id, state: 'proposed' as const };
  const witnesses = witnessesOf(turn, out);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [
      {
        type: 'money-out-proposed',
        out: {
          id: flow.outId,
          kind: flow.kind,
          memberId: flow.memberId,
          amount,
          by: me.id,
          words: flow.words,
        },
      },
    ],
    notices: tell(witnesses, 'ask', outQuestion(turn, out, planned.value)),
    replies: [
      reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })], onWithMeeting(turn)),
    ],
  });
};
