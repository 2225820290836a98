import { type Money, money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { MemberFacts } from '../snapshot.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { askSecond } from './second-ask.ts';

/** "Quitar una multa": whose, of those who owe one; an officer's own is taken off by others. */
export const askFineOff = (turn: OfficerTurn): StepResult => {
  const fined = turn.speaker.company.desk.roster.filter(
    (member) => member.fined.minor > 0n && member.id !== turn.speaker.me.id,
  );
  return decide(turn, {
    replies: [
      reply(
        [say(fined.length > 0 ? 'fine-off.who' : 'fine-off.none')],
        fined.map((member) =>
          offer(
            `fine-off:${member.id}`,
            say('fine-off.owes', { name: nameAmong(turn, member), amount: member.fined }),
          ),
        ),
      ),
    ],
  });
};

const readBack = (turn: OfficerTurn, member: MemberFacts, amount: Money): StepResult =>
  decide(turn, {
    flow: { type: 'fine-off', memberId: member.id, amount: amount.minor.toString() },
    replies: [
      reply(
        [say('fine-off.line', { name: nameAmong(turn, member), amount }), say('fine-off.question')],
        [offer('fine-off:yes', say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });

/** Only part of it, when she writes another amount: at most what is owed. */
export const fineOffAmount = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (flow.type !== 'fine-off' || meaning?.amountMinor === undefined || meaning.clarify) return undefined;
  const member = memberById(turn, flow.memberId);
  const asked = money(meaning.amountMinor, turn.speaker.group.currency);
  return asked.minor > 0n && asked.minor <= member.fined.minor
    ? readBack(turn, member, asked)
    : readBack(turn, member, member.fined);
};

/** Her yes, or whose it is: another officer says the same, and only then the fine is owed no more. */
export const fineOffVerb = (turn: OfficerTurn, what: string): StepResult | undefined => {
  const { flow } = turn.session;
  const { me, group, company } = turn.speaker;
  const chosen = company.desk.roster.find(({ id, fined }) => id === what && fined.minor > 0n);
  if (chosen && chosen.id !== me.id) return readBack(turn, chosen, chosen.fined);
  if (what !== 'yes' || flow.type !== 'fine-off') return undefined;
  const member = memberById(turn, flow.memberId);
  const amount = money(BigInt(flow.amount), group.currency);
  return member.fined.minor < amount.minor
    ? decide(turn, { replies: [reply([say('fine-off.none')])] })
    : askSecond(turn, { kind: 'fine-off', memberId: member.id, amount });
};
