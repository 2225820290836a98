/** What is wrong in a file of the lessons, and where. */
export type LessonFault = {
  /** From the repository's root: "locales/es/lessons/finance/04-….md". */
  readonly file: string;
  /** The first line is 1. */
  readonly line: number;
  readonly problem: string;
};

/** "locales/es/lessons/finance/04-….md:7: quiz.answer is "d", but the options are a, b, c" */
export const faultText = ({ file, line, problem }: LessonFault): string => `${file}:${line}: ${problem}`;
