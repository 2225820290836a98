import { z } from 'zod';
import type { Note, Order } from './protocol.ts';

type Question = Extract<Order, { call: number }>;
/** An order that is answered, without its number. */
export type Asked = Question extends infer One ? (One extends Question ? Omit<One, 'call'> : never) : never;

export type PendingCalls = {
  /**
   * Resolves to the worker's answer, or to undefined when there is none in time: then nobody knows whether it was done.
   */
  ask<Answer>(asked: Asked, as: z.ZodType<Answer>, ms: number): Promise<Answer | undefined>;
  answered(note: Extract<Note, { type: 'answer' }>): void;
  /** Its worker is gone: none of them will be answered. */
  giveUp(): void;
};

/** What the worker was asked and has not answered. */
export function pendingCalls(tell: (order: Order) => void): PendingCalls {
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;
  return {
    async ask(asked, as, ms) {
      last += 1;
      const call = last;
      const answer = await new Promise<unknown>((resolve) => {
        const timer = setTimeout(resolve, ms);
        waiting.set(call, (given) => {
          clearTimeout(timer);
          resolve(given);
        });
        tell({ ...asked, call });
      });
      waiting.delete(call);
      return as.safeParse(answer).data;
    },
    answered: ({ call, answer }) => waiting.get(call)?.(answer),
    giveUp() {
      for (const resolve of waiting.values()) resolve(undefined);
    },
  };
}
