import type { Element, Status } from './list-element.ts';
import type { Entry } from './list-state.ts';
import type { Purpose } from './meaning.ts';
import type { PurposeWord } from './vocabulary.ts';

/** One thing said of a member: how much and for what. */
export type Part = { readonly purpose: Purpose; readonly amountMinor?: bigint };

/** What an entry says of each of its names. `unclear`: money was said and its reading is not certain. */
export type Predicate =
  | { readonly type: 'parts'; readonly parts: readonly Part[]; readonly absent: boolean }
  | { readonly type: 'same' }
  | { readonly type: 'nothing' }
  | { readonly type: 'unclear' };

const UNCLEAR: Predicate = { type: 'unclear' };
const parts = (...list: Part[]): Predicate => ({ type: 'parts', parts: list, absent: false });

/** Reads what an entry says before and after its names. */
export const readPredicate = (entry: Entry): Predicate => {
  const said = [...entry.lead, ...entry.body];
  const statuses = new Set(said.flatMap((e) => (e.type === 'status' ? [e.status] : [])));
  if (
    said.every(({ type }) => type !== 'status' && type !== 'amount' && type !== 'purpose') &&
    entry.heading
  ) {
    statuses.add(entry.heading);
  }
  const amounts = said.filter((e) => e.type === 'amount');
  if (entry.tainted) return amounts.length > 0 || statuses.size > 0 ? UNCLEAR : { type: 'nothing' };
  if (amounts.some(({ minor }) => minor === undefined)) return UNCLEAR;
  // "nadie pagó multa" says nothing of what else they gave.
  const narrow = entry.kind !== 'names' && said.some(({ type }) => type === 'purpose');
  if (statuses.has('unpaid') || statuses.has('absent')) return denied(statuses, amounts.length > 0 || narrow);
  if (statuses.has('same')) return amounts.length > 0 ? UNCLEAR : { type: 'same' };
  if (amounts.length > 0) return readAmounts(said, entry.purpose);
  return readWithoutAmount(said, statuses, entry.purpose);
};

const denied = (statuses: ReadonlySet<Status>, withAmount: boolean): Predicate =>
  withAmount || statuses.has('paid')
    ? UNCLEAR
    : { type: 'parts', parts: [{ purpose: 'unpaid' }], absent: statuses.has('absent') };

const readWithoutAmount = (
  said: readonly Element[],
  statuses: ReadonlySet<Status>,
  heading: PurposeWord | undefined,
): Predicate => {
  const purposes = said.flatMap((e) => (e.type === 'purpose' ? [e.purpose] : []));
  if (!statuses.has('paid')) return purposes.length > 0 ? UNCLEAR : { type: 'nothing' };
  if (purposes.length > 0) return parts(...purposes.map((purpose) => ({ purpose })));
  return parts(heading ? { purpose: heading } : { purpose: 'due' });
};

type Money = { readonly minor: bigint };
type Piece = Money | PurposeWord | 'whole';

const isMoney = (piece: Piece | undefined): piece is Money => typeof piece === 'object';
const isPurpose = (piece: Piece | undefined): piece is PurposeWord =>
  typeof piece === 'string' && piece !== 'whole';

/** Amounts and purposes in the order they were said; `whole` where a bracket or a colon opens the parts of a sum. */
const piecesOf = (said: readonly Element[]): Piece[] =>
  said.flatMap((element): Piece[] => {
    if (element.type === 'amount') return element.minor === undefined ? [] : [{ minor: element.minor }];
    if (element.type === 'purpose') return [element.purpose];
    return element.type === 'open' ? ['whole'] : [];
  });

const readAmounts = (said: readonly Element[], heading: PurposeWord | undefined): Predicate => {
  const pieces = piecesOf(said);
  const plain = pieces.filter((piece) => piece !== 'whole');
  const [only, ...more] = plain.filter(isMoney);
  if (only && more.length === 0) return oneAmount(only.minor, [...new Set(plain.filter(isPurpose))], heading);
  const opened = pieces.indexOf('whole') === 1;
  const pairs = pairsOf(plain);
  if (pairs && !opened) return distinct(pairs);
  const [whole, ...rest] = plain;
  const split = pairsOf(rest);
  if (isMoney(whole) && split && (opened || split.length > 1)) {
    const sum = split.reduce((total, part) => total + (part.amountMinor ?? 0n), 0n);
    return sum === whole.minor ? distinct(split) : UNCLEAR;
  }
  return opened ? UNCLEAR : readClauses(said, heading);
};

/** "100 y 50 de multa", "100 de ahorro y abonó 50 a su préstamo": one amount and at most one purpose in each clause. */
const readClauses = (said: readonly Element[], heading: PurposeWord | undefined): Predicate => {
  const clauses: Element[][] = [[]];
  for (const element of said) {
    if (element.type === 'and' || element.type === 'comma') clauses.push([]);
    else clauses.at(-1)?.push(element);
  }
  const found: Part[] = [];
  for (const clause of clauses.map(piecesOf).filter((pieces) => pieces.length > 0)) {
    const [money, ...others] = clause.filter(isMoney);
    const [purpose, ...purposes] = new Set(clause.filter(isPurpose));
    if (!money || others.length > 0 || purposes.length > 0) return UNCLEAR;
    found.push(purpose ? { purpose, amountMinor: money.minor } : withHeading(money.minor, heading));
  }
  return distinct(found);
};

const withHeading = (minor: bigint, heading: PurposeWord | undefined): Part => ({
  purpose: heading ?? 'pay',
  amountMinor: minor,
});

const oneAmount = (
  minor: bigint,
  purposes: readonly PurposeWord[],
  heading: PurposeWord | undefined,
): Predicate => {
  const [purpose, ...more] = purposes;
  if (more.length > 0) return UNCLEAR;
  if (minor === 0n) return parts({ purpose: 'unpaid' });
  return parts({ purpose: purpose ?? heading ?? 'pay', amountMinor: minor });
};

/** "150 préstamo 50 ahorro" or "préstamo 150 ahorro 50": amounts and purposes that take turns from end to end. */
const pairsOf = (pieces: readonly Piece[]): Part[] | undefined => {
  if (pieces.length === 0 || pieces.length % 2 !== 0) return undefined;
  const found: Part[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const [first, second] = isMoney(pieces[0]) ? [pieces[at], pieces[at + 1]] : [pieces[at + 1], pieces[at]];
    if (!isMoney(first) || !isPurpose(second)) return undefined;
    found.push({ purpose: second, amountMinor: first.minor });
  }
  return found;
};

/** Two parts for the same purpose may be a correction: nobody can tell. */
const distinct = (list: readonly Part[]): Predicate => {
  const purposes = new Set(list.map(({ purpose }) => purpose));
  return purposes.size === list.length && list.every(({ amountMinor }) => amountMinor !== 0n)
    ? parts(...list)
    : UNCLEAR;
};
