import { parseDecimal } from '../domain/money.ts';

/** A rule that does not go with another: where it stands, what is wrong, what to write instead. */
export type RuleFault = {
  readonly path: readonly string[];
  readonly problem: string;
  readonly remedy: string;
};

/** @param path the names of the fields down to the rule, with points between them */
export const fault = (path: string, problem: string, remedy: string): RuleFault => ({
  path: path.split('.'),
  problem,
  remedy,
});

/** That one fault when `wrong`, else none. */
export const when = (wrong: boolean, made: RuleFault): RuleFault[] => (wrong ? [made] : []);

/** Of an amount that the schema has read, in minor units. */
export const minor = (text: string): bigint => parseDecimal(text) ?? 0n;
