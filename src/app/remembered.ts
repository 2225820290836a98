/** The same answers, each worked out once: for what is asked of thousands and is the same for most of them. */
export const remembered = <Asked, Answer>(
  keyOf: (asked: Asked) => string,
  answer: (asked: Asked) => Answer,
): ((asked: Asked) => Answer) => {
  const known = new Map<string, { readonly answer: Answer }>();
  return (asked) => {
    const key = keyOf(asked);
    const found = known.get(key) ?? { answer: answer(asked) };
    known.set(key, found);
    return found.answer;
  };
};
