import { type Money, money } from '../../domain/money.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { memberNamedIn } from './loan-plan.ts';
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
        fined.length === 0
          ? []
          : [
              ...fined.map((member) =>
                offer(
                  `fine-off:${member.id}`,
                  say('fine-off.owes', { name: nameAmong(turn, member), amount: member.fined }),
                ),
              ),
              offer('no', say('choice.cancel')),
            ],
      ),
    ],
  });
};

/** "Quítale 20 de multa a Lupe": what is owed and who owes it are read back; without a name she is asked whose. */
export const fineOffSaid = (turn: OfficerTurn): StepResult => {
  if (turn.input.type !== 'words') return askFineOff(turn);
  const { text, meaning } = turn.input;
  const member = memberNamedIn(turn, text);
  if (!member) return askFineOff(turn);
  if (member.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('fine-off.own')])] });
  const name = nameAmong(turn, member);
  return member.fined.minor === 0n
    ? decide(turn, { replies: [reply([say('fine-off.clear', { name })])] })
    : readBack(turn, member, partOf(member, meaning.amountMinor));
};

/** What she wrote, where that is not more than is owed; else all of it. */
const partOf = ({ fined }: MemberFacts, minor: bigint | undefined): Money =>
  minor !== undefined && minor > 0n && minor <= fined.minor ? money(minor, fined.currency) : fined;

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
  return readBack(turn, member, partOf(member, meaning.amountMinor));
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
