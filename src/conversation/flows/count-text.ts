import { boxesOf, type CountedBox, type OpenMeeting } from '../../domain/meeting.ts';
import { type Money, money, subtract } from '../../domain/money.ts';
import type { GroupFacts } from '../group-facts.ts';
import { type Say, say } from '../say.ts';
import type { AskTurn, MemberTurn, OfficerTurn } from '../turn.ts';

/** Hex digits that tell one count from another: a button's payload is short. */
const TAG_CHARS = 16;

/**
 * Names a count as it was shown: its meeting, and what the book said and was counted in each box. A button of another
 * count, or of a book that has moved since, does nothing.
 */
export const countTag = (turn: MemberTurn, meeting: OpenMeeting, boxes: readonly CountedBox[]): string => {
  const figures = boxes.map(({ pot, expected, counted }) => [pot, `${expected.minor}`, `${counted.minor}`]);
  return turn.sha256(JSON.stringify([meeting.id, figures])).slice(0, TAG_CHARS);
};

type BoxName = 'box' | 'loan-box' | 'savings-box' | 'social';

/** What a box is called: where what was lent to the group lies apart from its savings, each has its own name. */
export const boxName = ({ rules }: Pick<GroupFacts, 'rules'>, pot: CountedBox['pot']): BoxName => {
  if (pot === 'social-fund') return 'social';
  if (rules.product !== 'solidarity-credit') return 'box';
  return pot === 'loan-fund' ? 'loan-box' : 'savings-box';
};

/** What is in each box, one line each. */
export const boxLines = (
  { speaker: { group } }: AskTurn,
  boxes: readonly { readonly pot: CountedBox['pot']; readonly cash: Money }[],
): Say[] => boxes.map(({ pot, cash }) => say(`count.${boxName(group, pot)}`, { cash }));

/** What the group has: in one sentence, or where it lies apart a line for each box. Never in one sum. */
export const cashLines = (group: GroupFacts): Say[] => {
  const boxes = boxesOf(group);
  return boxes.length === 1
    ? [say('group.cash', { cash: group.cash })]
    : boxes.map(({ pot, expected }) => say(`count.${boxName(group, pot)}`, { cash: expected }));
};

/** What is missing or over, box by box. */
export const differenceLines = ({ speaker: { group } }: MemberTurn, boxes: readonly CountedBox[]): Say[] =>
  boxes
    .filter(({ expected, counted }) => expected.minor !== counted.minor)
    .flatMap(({ pot, expected, counted }) => {
      const short = subtract(counted, expected).minor;
      const difference = money(short < 0n ? -short : short, counted.currency);
      return [
        ...(boxes.length > 1 ? [say(`count-in.${boxName(group, pot)}`)] : []),
        say(short < 0n ? 'count.missing' : 'count.over', { expected, counted, difference }),
      ];
    });

/** Which boxes do not hold what the book says, and nothing of how much: who counts is not told what to find. */
export const differsLines = ({ speaker: { group } }: OfficerTurn, boxes: readonly CountedBox[]): Say[] =>
  boxes
    .filter(({ expected, counted }) => expected.minor !== counted.minor)
    .map(({ pot }) => say(`count-differs.${boxName(group, pot)}`));

/** The first count that was not what the book said, box by box; nothing where it is the one that is shown. */
export const firstLines = (
  { speaker: { group } }: AskTurn,
  first: readonly CountedBox[] | undefined,
  shown: readonly CountedBox[],
): Say[] =>
  first === undefined || sameCount(first, shown)
    ? []
    : first
        .filter(({ expected, counted }) => expected.minor !== counted.minor)
        .map(({ pot, counted, expected }) =>
          say(`count-first.${boxName(group, pot)}`, { counted, expected }),
        );

const sameCount = (one: readonly CountedBox[], other: readonly CountedBox[]): boolean =>
  one.length === other.length &&
  one.every(({ pot, counted, expected }, n) => {
    const box = other[n];
    return box?.pot === pot && box.counted.minor === counted.minor && box.expected.minor === expected.minor;
  });
