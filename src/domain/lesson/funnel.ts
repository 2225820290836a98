/** A count of fewer people than this is told to nobody. */
export const COUNT_MIN = 5;

/** The steps of a lesson, each a part of the one before it, but for the last two. */
export const FUNNEL_STEPS = [
  'enrolled',
  'delivered',
  'opened',
  'finished',
  'rightFirst',
  'rightLater',
  'did',
] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** How many members a lesson was meant for, in one language and by voice or in writing, and how far they came. */
export type FunnelCounts = Readonly<Record<FunnelStep, number>>;

export type LessonFunnel = {
  readonly lessonId: string;
  readonly language: string;
  readonly voice: boolean;
  readonly counts: FunnelCounts;
};

/** The same as it may be told: a number, or undefined where there are too few. */
export type ToldFunnel = Omit<LessonFunnel, 'counts'> & {
  readonly counts: Readonly<Record<FunnelStep, number | undefined>>;
};

/**
 * What may be told of lessons: no count of fewer than five people, and nothing at all of one that so few had.
 */
export const toldFunnels = (funnels: readonly LessonFunnel[]): ToldFunnel[] =>
  funnels
    .filter(({ counts }) => counts.enrolled >= COUNT_MIN)
    .map(({ counts, ...of }) => ({
      ...of,
      counts: {
        enrolled: told(counts.enrolled),
        delivered: told(counts.delivered),
        opened: told(counts.opened),
        finished: told(counts.finished),
        rightFirst: told(counts.rightFirst),
        rightLater: told(counts.rightLater),
        did: told(counts.did),
      },
    }));

const told = (count: number): number | undefined => (count < COUNT_MIN ? undefined : count);

/** Of everyone enrolled, how many in a hundred; rounded down. Undefined where the count is not told. */
export const percentOfAll = ({ counts }: ToldFunnel, step: FunnelStep): number | undefined => {
  const { enrolled } = counts;
  const count = counts[step];
  return enrolled === undefined || count === undefined ? undefined : Math.floor((count * 100) / enrolled);
};
