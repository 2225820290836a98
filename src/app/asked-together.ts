import { setTimeout as pause } from 'node:timers/promises';

/**
 * Puts questions together: what is asked at the same moment, or while an answer is under way, is asked at once. Each gets
 * its own answer; when the asking fails, all of them fail.
 *
 * @param ask answers in the order of the questions
 * @param gatherMs how long the first question waits for others; nobody is to be in a hurry for its answer
 */
export const askedTogether = <Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  gatherMs = 0,
): ((question: Question) => Promise<Answer | undefined>) => {
  let gathering: { readonly questions: Question[]; readonly answers: Promise<readonly Answer[]> } | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  const gather = (): NonNullable<typeof gathering> => {
    const questions: Question[] = [];
    const answers = underWay.then(async () => {
      if (gatherMs > 0) await pause(gatherMs);
      gathering = undefined;
      return ask(questions);
    });
    underWay = answers.catch(() => undefined);
    return { questions, answers };
  };
  return async (question) => {
    gathering ??= gather();
    const place = gathering.questions.push(question) - 1;
    return (await gathering.answers)[place];
  };
};
