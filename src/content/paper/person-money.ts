import { say } from '../../conversation/say.ts';
import { type Money, money } from '../../domain/money.ts';
import { movementName } from './movement-rows.ts';
import { chapter, dayOf, type PersonFile } from './person-chapter.ts';
import type { Chapter } from './plain-text.ts';

/** Every movement of hers in the book. */
export const book = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.money'),
    of.facts.movements.map((movement) =>
      say('my-file.movement', {
        day: dayOf(of, movement.on),
        what: [movementName(movement)],
        amount: signed(of, movement.delta),
        receipt: movement.seq,
      }),
    ),
    of,
  );

/** With its sign: what came, what went. */
const signed = ({ voice }: PersonFile, { minor, currency }: Money): string =>
  `${minor < 0n ? '−' : '+'}${voice.digits(money(minor < 0n ? -minor : minor, currency))}`;

/** What she said she paid, and what became of it. */
export const payments = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.payments'),
    of.facts.payments.map(({ on, total, state }) =>
      say('my-file.payment', { day: dayOf(of, on), total, state: [say(`my-file.state-${state}`)] }),
    ),
    of,
  );

/** Loans, fines, and what she received. */
export const loans = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.loans'),
    [
      ...of.facts.loanRequests.map(({ at, amount, purpose }) =>
        say('my-file.loan-asked', {
          day: dayOf(of, at),
          amount,
          purpose: [say(`my-file.purpose-${purpose}`)],
        }),
      ),
      ...of.facts.loans.map(({ on, terms }) =>
        say('my-file.loan', { day: dayOf(of, on), amount: terms.principal, count: terms.n }),
      ),
      ...of.facts.fines.map(({ on, amount }) => say('my-file.fine', { day: dayOf(of, on), amount })),
      ...of.facts.moneyOut.map(({ on, amount }) => say('my-file.out', { day: dayOf(of, on), amount })),
      ...of.facts.rounds.map(({ on, round, amount }) =>
        say('my-file.round', { day: dayOf(of, on), round, amount }),
      ),
    ],
    of,
  );

/** Where she was, and what she voted, objected to or drew with. */
export const meetings = (of: PersonFile): Chapter =>
  chapter(
    say('my-file.meetings'),
    [
      ...of.facts.attendance.map(({ on, present }) =>
        present ? say('my-file.came', { day: dayOf(of, on) }) : say('my-file.missed', { day: dayOf(of, on) }),
      ),
      ...of.facts.votes.map(({ at, yes }) =>
        yes
          ? say('my-file.voted-yes', { day: dayOf(of, at) })
          : say('my-file.voted-no', { day: dayOf(of, at) }),
      ),
      ...of.facts.disputes.map(({ at }) => say('my-file.objected', { day: dayOf(of, at) })),
      ...of.facts.words.map(({ at, word }) => say('my-file.word', { day: dayOf(of, at), word })),
    ],
    of,
  );
