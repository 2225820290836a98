import type { Draw } from '../domain/draw/draw.ts';
import type { DrawId, MemberId } from '../domain/ids.ts';

/** A draw as it stands, with the names of those who take part. */
export type DrawFacts = {
  readonly id: DrawId;
  readonly draw: Draw;
  /** The officer who began it: another one opens the secret. */
  readonly begunBy: MemberId;
  /** Whether the cycle it was made for is still open. */
  readonly isOfThisCycle: boolean;
  /** Known only when the words are closed. */
  readonly secret: string | undefined;
  readonly people: readonly { readonly id: MemberId; readonly number: number; readonly name: string }[];
};
