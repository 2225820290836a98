import type { Temporal } from 'temporal-polyfill';
import { expenseWords } from '../../domain/expense.ts';
import { type Money, money } from '../../domain/money.ts';
import { isCapital, OUT_KINDS } from '../../domain/money-out.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { askFor, askOut, type For, forWhat, NO_ANSWER } from './out-expense.ts';
import { ofMeeting, oneIn } from './out-plan.ts';
import { readBack, refusedOut, willBeRefused } from './out-propose.ts';
import { namedIn } from './roll.ts';
import { dateOf } from './when.ts';

/** "Sacar dinero": for what it leaves the box, and in a group with a lender what came in from it. Nobody leaves on a past day. */
export const startOut = (turn: OfficerTurn, on?: Temporal.PlainDate): StepResult => {
  const { rules, lender } = turn.speaker.group;
  const kinds = OUT_KINDS.filter((kind) => {
    if (isCapital(kind)) return lender;
    return kind === 'leaving' ? !on : kind !== 'withdrawal' || rules.withdrawals === 'any-meeting';
  });
  return decide(turn, {
    replies: [
      reply(
        [...ofMeeting(on), say(lender ? 'out.what-lender' : 'out.what')],
        [
          ...kinds.map((kind) =>
            offer(on ? `late:${kind}:${on.toString()}` : `out:${kind}`, say(`out-choice.${kind}`)),
          ),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

export const outKind = (
  turn: OfficerTurn,
  chosen: string,
  on?: Temporal.PlainDate,
): StepResult | undefined => {
  const kind = OUT_KINDS.find((one) => one === chosen);
  if (!kind || (on && kind === 'leaving')) return undefined;
  return isCapital(kind) ? startCapital(turn, { kind, on }) : askOut(turn, { kind, on }, []);
};

/** "Llegó capital 10000", "devolvimos 5 mil a la organización": with its amount it is read back, without one it is asked for. */
export const startCapital = (turn: OfficerTurn, of: For): StepResult => {
  const { group } = turn.speaker;
  if (!group.lender) return refusedOut(turn, { type: 'no_lender' });
  return turn.input.type === 'words' && turn.input.meaning.amountMinor !== undefined
    ? amountOnly(turn, of)
    : askOut(turn, of, []);
};

/** The one amount of what she wrote, for what is nobody's own. */
const amountOnly = (turn: OfficerTurn, of: For): StepResult => {
  const { amountMinor, clarify } = turn.input.type === 'words' ? turn.input.meaning : {};
  if (!amountMinor || clarify) return askOut(turn, of, [say('report.unclear')]);
  const asked = money(amountMinor, turn.speaker.group.currency);
  if (of.kind !== 'expense') return readBack(turn, { ...of, member: undefined, asked });
  const words = forWhat(turn);
  if (words !== undefined) return readExpense(turn, { asked, on: of.on }, words);
  // What the box cannot pay is said before she is asked what it was for.
  return willBeRefused(turn, { ...of, member: undefined, asked }) ?? askFor(turn, { asked, on: of.on }, []);
};

/** As many words of hers are tried for where the name begins. */
const WORDS_TRIED = 12;

/** "retiro de Refugio 20", "gasto de 50": read back at once when all of it was said, else asked for. */
export const outInWords = (turn: OfficerTurn, on?: Temporal.PlainDate): StepResult => {
  const kind = turn.input.type === 'words' ? turn.input.meaning.out : undefined;
  if (!kind) return startOut(turn, on);
  const of = { kind, on };
  if (kind === 'expense')
    return turn.input.type === 'words' && turn.input.meaning.amountMinor !== undefined
      ? amountOnly(turn, of)
      : askOut(turn, of, []);
  const { rules } = turn.speaker.group;
  if (kind === 'withdrawal' && rules.withdrawals !== 'any-meeting')
    return refusedOut(turn, { type: 'not_before_closing' });
  const words = turn.input.type === 'words' ? turn.input.text.split(/\s+/u).slice(0, WORDS_TRIED) : [];
  for (const at of words.keys()) {
    const said = oneIn(turn, words.slice(at).join(' '));
    if (said) return readBack(turn, { ...of, ...said });
  }
  return askOut(turn, of, []);
};

/** Her answer: a name and an amount, a name, or an amount, by what the money is for. */
export const outAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (turn.input.type !== 'words') return undefined;
  if (flow.type === 'out-for') return forAnswer(turn, flow);
  if (flow.type !== 'out-who') return undefined;
  const { text } = turn.input;
  const { currency } = turn.speaker.group;
  const of = { kind: flow.kind, on: saidOn(flow) };
  if (flow.kind === 'expense' || isCapital(flow.kind)) return amountOnly(turn, of);
  if (flow.kind === 'leaving') {
    const [member, ...more] = namedIn(turn, text).members;
    if (!member || more.length > 0) return askOut(turn, of, [say('out.unclear')]);
    return readBack(turn, { ...of, member, asked: money(0n, currency) });
  }
  const said = oneIn(turn, text);
  return said ? readBack(turn, { ...of, ...said }) : askOut(turn, of, [say('out.unclear')]);
};

const saidOn = ({ on }: { readonly on?: string | undefined }): Temporal.PlainDate | undefined =>
  on === undefined ? undefined : dateOf(on);

/** Her answer to what it was for. */
const forAnswer = (
  turn: OfficerTurn,
  flow: { readonly amount: string; readonly on?: string | undefined },
): StepResult => {
  const spent = { asked: money(BigInt(flow.amount), turn.speaker.group.currency), on: saidOn(flow) };
  if (turn.input.type !== 'words' || NO_ANSWER.has(turn.input.meaning.intent)) return askFor(turn, spent, []);
  return readExpense(turn, spent, turn.input.text);
};

const readExpense = (
  turn: OfficerTurn,
  spent: { readonly asked: Money; readonly on: Temporal.PlainDate | undefined },
  text: string,
): StepResult => {
  const words = expenseWords(text);
  const of = { kind: 'expense' as const, on: spent.on };
  if (words.ok) return readBack(turn, { ...spent, ...of, member: undefined, words: words.value });
  const { refusal } = words;
  return askFor(turn, spent, [
    refusal.type === 'no_words'
      ? say('refusal.no_words')
      : say('refusal.too_many_words', { most: refusal.most }),
  ]);
};
