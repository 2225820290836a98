import { Temporal } from 'temporal-polyfill';
import { feeCap, meetingFee } from './late-fee.ts';
import { filled, least, total } from './open-lines.ts';
import { paidAhead } from './paid-ahead.ts';
import { dueBy, MEETING_REACH_DAYS, MISSING_MINOR_MAX, type OpenLine } from './position.ts';
import { type NewPlan, termsAnew } from './replan.ts';
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
  const cap = loan.terms.lateFee ? feeCap(loan.terms.lateFee, agreed) : 0n;
  const steps = stepsOf(loan);
  const isWhole = steps.every(({ on }) => isBy(on, day));
  const known = isWhole ? knownStart(loan, steps) : undefined;
  const begun: Course = known?.course ?? {
    terms: loan.terms,
    lines: filled(openLines(agreed), loan.before),
    feesCharged: 0n,
    feesPaid: 0n,
    meeting: loan.terms.lateFee?.from,
  };
  const course = steps
    .slice(known?.steps.length ?? 0)
    .reduce((at, { on, step }) => step(charged(at, { day: isBy(on, day) ? on : day, cap })), begun);
  if (isWhole) replays.set(loan.terms, { before: loan.before, steps, course });
  return charged(course, { day, cap });
};

/** What moved a plan, `of` the facts it comes from. */
type Step = {
  readonly on: Temporal.PlainDate;
  readonly at: number;
  readonly of: Repayment | NewPlan;
  readonly step: (course: Course) => Course;
};

const stepsOf = ({ repaid, plans }: LoanFacts): readonly Step[] =>
  [
    ...byDay(repaid).map((of) => ({ on: of.on, at: 2 * (of.plans ?? 0), of, step: paidWith(of) })),
    ...plans.map((of, n) => ({ on: of.on, at: 2 * n + 1, of, step: plannedAnew(of) })),
  ].toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on) || a.at - b.at);

type Replay = { readonly before: Parts; readonly steps: readonly Step[]; readonly course: Course };

// One message asks for the same course several times, and after a payment for the same one with a step more. Only courses
// whose steps all lie behind the day asked for are kept: what they come to does not depend on that day.
const replays = new WeakMap<LoanTerms, Replay>();

/** The last replay of these terms, when all that it went through is what this one begins with. */
const knownStart = ({ terms, before }: LoanFacts, steps: readonly Step[]): Replay | undefined => {
  const known = replays.get(terms);
  return known?.before.principal === before.principal &&
    known.before.interest === before.interest &&
    known.steps.every(({ of }, index) => of === steps[index]?.of)
    ? known
    : undefined;
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
  if (!lateFee || !course.meeting || isBy(day, course.meeting)) return course;
  let { feesCharged } = course;
  let at = course.meeting;
  const reach = day.subtract({ days: MEETING_REACH_DAYS });
  while (Temporal.PlainDate.compare(at, reach) < 0) {
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
    const isDue = dueBy(on);
    const due = course.lines.filter(isDue);
    const coming = course.lines.filter((line) => !isDue(line));
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
