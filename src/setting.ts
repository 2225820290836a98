import { z } from 'zod';

/** One row of the table. What `schema` refuses is described by its message, which never repeats the value. */
export type Setting<Schema extends z.ZodType = z.ZodType> = {
  readonly env: string;
  readonly doc: string;
  /** What holds when the variable is missing or empty; undefined when nothing does. */
  readonly default: string | undefined;
  readonly schema: Schema;
  /** Its value is shown to nobody. */
  readonly secret?: boolean;
};

/** An address on the web, or of a database: by one of these protocols. */
export const address = (protocols: readonly string[], error: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), { error });

export const setting = <Schema extends z.ZodType>(row: Setting<Schema>): Setting<Schema> => row;

/** A whole number from `min` to `max`, as text. */
export const count = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,6}$/u.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `is not a number it can be. Write a whole number from ${min} to ${max}`,
    })
    .transform(Number);
