import { loanLeft, type ReportFacts, today } from '../../content/paper/facts.ts';
import { type InTanda, inTanda } from '../../content/paper/tanda.ts';
import { toDecimal } from '../../domain/money.ts';
import { inert, spreadsheet } from '../../store/export-csv.ts';

const COLUMNS = ['group', 'date', 'number', 'name', 'role', 'state', 'savings', 'loan_left'];
const OF_A_TANDA = ['turn', 'given', 'missed'];

/** A group's report as a table for staff, one line per member; `loan_left` is all she still owes by the plan, with interest; of a tanda, what she gave and missed besides. */
export const reportCsv = (facts: ReportFacts): string => {
  const { group, members } = facts;
  const on = today(facts);
  const rows = members.map((member) => [
    inert(group.name),
    on.toString(),
    String(member.number),
    inert(member.name),
    member.role,
    member.state,
    toDecimal(member.saved.minor),
    toDecimal(loanLeft(member, on).minor),
    ...tandaCells(inTanda(facts, member)),
  ]);
  return spreadsheet([group.rules.tanda ? [...COLUMNS, ...OF_A_TANDA] : COLUMNS, ...rows]);
};

const tandaCells = (tanda: InTanda | undefined): string[] =>
  tanda ? [String(tanda.turn?.round ?? ''), toDecimal(tanda.given.minor), toDecimal(tanda.missed.minor)] : [];
