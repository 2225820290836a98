const WHOLES_MAX = 2_000;
/** WhatsApp's own ids have letters and digits only. */
const BETWEEN = ',';

/** Messages that went out in several parts: one id of ours stands for all of theirs. In memory: after a start a part is itself. */
export type SentIds = {
  /** The id of the whole: "A,B". */
  join(parts: readonly string[]): string;
  split(whole: string): string[];
  wholeOf(part: string): string;
  /** The whole whose last part this is; undefined for the parts before it. */
  endedBy(part: string): string | undefined;
};

export function sentIds(): SentIds {
  const wholes = new Map<string, string>();
  const split = (whole: string): string[] => whole.split(BETWEEN);
  return {
    split,
    join(parts) {
      const whole = parts.join(BETWEEN);
      if (parts.length > 1) {
        if (wholes.size >= WHOLES_MAX) wholes.clear();
        for (const part of parts) wholes.set(part, whole);
      }
      return whole;
    },
    wholeOf: (part) => wholes.get(part) ?? part,
    endedBy(part) {
      const whole = wholes.get(part) ?? part;
      return split(whole).at(-1) === part ? whole : undefined;
    },
  };
}
