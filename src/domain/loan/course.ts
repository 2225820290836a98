import { Temporal } from 'temporal-polyfill';
import { feeCap, meetingFee } from './late-fee.ts';
import { filled, least, spread, total } from './open-lines.ts';
import { isDue, MEETING_REACH_DAYS, MISSING_MINOR_MAX, type OpenLine } from './position.ts';
import { type NewPlan, replanned, termsAnew } from './replan.ts';
import { type Instalment, type Parts, schedule } from './schedule.ts';
import type { LoanTerms } from './terms.ts';

const DAYS_PER_WEEK = 7;

/**
 * Money that came in on a loan, by the day it counts for: the meeting it was given at, when the list was written later.
 * Amounts in minor units, as they were booked.
 */
export type Repayment = Parts & {
  readonly on: Temporal.PlainDate;
  readonly fee: bigint;
  /** How many new plans had been agreed on when it was booked: money of the day of a plan came before it or after. */
  readonly plans?: number;
};

/** All that a loan's plan follows from. Nothing of it is ever stored: the book and the terms say it all. */
export type LoanFacts = {
  readonly terms: LoanTerms;
  /** Repaid before the book began, or when the days do not matter: it fills the plan from its first line. */
  readonly before: Parts;
  readonly repaid: readonly Repayment[];
  /** New plans, the earliest first. */
  readonly plans: readonly NewPlan[];
};

/** Where a loan's plan and its late fees stand on a day. Amounts in minor units. */
export type Course = {
  /** The terms the lines are of: those agreed at first, or of what was left when a new plan was made. */
  readonly terms: LoanTerms;
  /** By date. */
  readonly lines: readonly OpenLine[];
  readonly feesCharged: bigint;
  readonly feesPaid: bigint;
  /** The next meeting that may add a late fee. */
  readonly meeting: Temporal.PlainDate | undefined;
};

/**
 * Replays a loan: all that came in, and the late fees up to `day`. Late fees, money in advance and new plans all follow from the terms and from what
 * was repaid by which day, so a reversed payment leaves no trace, and later rules change nothing.
 */
export const courseOf = (loan: LoanFacts, day: Temporal.PlainDate): Course => {
  const agreed = agreedPlan(loan.terms);
  const begun: Course = {
    terms: loan.terms,
    lines: filled(openLines(agreed), loan.before),
    feesCharged: 0n,
    feesPaid: 0n,
    meeting: loan.terms.lateFee?.from,
  };
  const cap = loan.terms.lateFee ? feeCap(loan.terms.lateFee, agreed) : 0n;
  const steps = [
    ...byDay(loan.repaid).map((one) => ({ on: one.on, at: 2 * (one.plans ?? 0), step: paidWith(one) })),
    ...loan.plans.map((plan, n) => ({ on: plan.on, at: 2 * n + 1, step: plannedAnew(plan) })),
  ].toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on) || a.at - b.at);
  const end = steps.reduce(
    (course, { on, step }) => step(charged(course, { day: isBy(on, day) ? on : day, cap })),
    begun,
  );
  return charged(end, { day, cap });
};

/** Money of one day is one sum, so that it does not matter in which order its payments were booked. */
const byDay = (repaid: readonly Repayment[]): Repayment[] =>
  repaid.reduce<Repayment[]>((days, one) => {
    const same = days.findIndex(({ on, plans = 0 }) => on.equals(one.on) && plans === (one.plans ?? 0));
    const before = days[same];
    return before ? days.with(same, together(before, one)) : [...days, one];
  }, []);

const together = (a: Repayment, b: Repayment): Repayment => ({
  ...a,
  principal: a.principal + b.principal,
  interest: a.interest + b.interest,
  fee: a.fee + b.fee,
});

// A plan depends on its terms alone; one message asks for the same one several times.
const plans = new WeakMap<LoanTerms, readonly Instalment[]>();

/** The plan as it was agreed, before anything was paid. */
const agreedPlan = (terms: LoanTerms): readonly Instalment[] => {
  const known = plans.get(terms);
  if (known) return known;
  const made = schedule(terms);
  plans.set(terms, made);
  return made;
};

const openLines = (plan: readonly Instalment[]): OpenLine[] =>
  plan.map(({ n, date, principal, interest }) => ({
    n,
    date,
    principal: principal.minor,
    interest: interest.minor,
  }));

/** Adds the late fees of all meetings whose money was given before `day`. */
const charged = (
  course: Course,
  { day, cap }: { readonly day: Temporal.PlainDate; readonly cap: bigint },
): Course => {
  const { terms, lines, feesPaid } = course;
  const { lateFee } = terms;
  if (!lateFee || !course.meeting) return course;
  let { feesCharged } = course;
  let at = course.meeting;
  while (Temporal.PlainDate.compare(at.add({ days: MEETING_REACH_DAYS }), day) < 0) {
    const on = at;
    const overdue = lines.filter(
      ({ date, principal, interest }) => isBy(date, on) && principal + interest > MISSING_MINOR_MAX,
    );
    feesCharged = least(cap, feesCharged + meetingFee(lateFee, overdue, terms));
    at = at.add({ days: DAYS_PER_WEEK });
  }
  return { terms, lines, feesPaid, feesCharged, meeting: at };
};

/** What was repaid in one go: due lines first, interest and principal each from the oldest; the rest is in advance. */
const paidWith =
  ({ on, principal, interest, fee }: Repayment) =>
  (course: Course): Course => {
    const due = course.lines.filter((line) => isDue(line, on));
    const coming = course.lines.filter((line) => !isDue(line, on));
    const ahead = {
      principal: principal - least(principal, total(due, 'principal')),
      interest: interest - least(interest, total(due, 'interest')),
    };
    const lines = [
      ...filled(due, { principal, interest }),
      ...(ahead.principal + ahead.interest > 0n ? paidAhead(course.terms, coming, ahead) : coming),
    ];
    return { ...course, lines, feesPaid: course.feesPaid + fee };
  };

const paidAhead = (terms: LoanTerms, coming: readonly OpenLine[], ahead: Parts): readonly OpenLine[] => {
  const policy = terms.excess ?? 'skip-next';
  if (!isReplanned(terms, coming)) return spread(coming, ahead, { policy, unit: terms.cashUnitMinor });
  const excess = least(ahead.principal, total(coming, 'principal'));
  const parts = replanned(terms, coming, { from: (coming[0]?.n ?? 1) - 1, excess, policy });
  const lines = coming.map((line, index) => ({ ...line, ...parts[index] }));
  return filled(lines, { principal: 0n, interest: ahead.interest });
};

/**
 * Whether money in advance lessens the interest to come: on a declining loan whose terms say what money in advance does,
 * once no interest is put off any more. Elsewhere the interest of the plan was agreed as a sum, and stays.
 */
export const isReplanned = (terms: LoanTerms, coming: readonly OpenLine[]): boolean =>
  terms.interest === 'declining' &&
  terms.excess !== undefined &&
  (coming[0]?.n ?? 1) > (terms.interestPaymentGrace ?? 0);

/** The rest of the loan over new instalments; interest that was due and unpaid comes with the first of them. */
const plannedAnew =
  (plan: NewPlan) =>
  (course: Course): Course => {
    const { terms, lines } = course;
    const isPast = ({ n, date }: OpenLine): boolean => n === 0 || isBy(date, plan.on);
    const kept = total(lines.filter(isPast), 'interest');
    const charge = total(lines, 'interest') - kept;
    const principal = total(lines, 'principal');
    if (principal === 0n) return course;
    const since = lines.findLast(({ n, date }) => n > 0 && isBy(date, plan.on))?.date ?? terms.disbursed;
    const anew = termsAnew(terms, plan, { principal, charge, since });
    const owed = { n: 0, date: plan.firstDue, principal: 0n, interest: kept };
    return {
      ...course,
      terms: anew,
      lines: [...(kept > 0n ? [owed] : []), ...openLines(schedule(anew))],
    };
  };

const isBy = (date: Temporal.PlainDate, day: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(date, day) <= 0;
