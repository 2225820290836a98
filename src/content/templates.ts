import { z } from 'zod';
import type { Language } from '../conversation/message.ts';

// Prepared words that WhatsApp takes a day after she last wrote. Meta reads each of them before it may be used, and refuses
// what breaks these rules (Meta, template components and guidelines).

const BODY_CHARS_MAX = 1_024;
const PLACE = /\{\{(\d+)\}\}/gu;

const template = z
  .strictObject({
    /** How Meta knows it. */
    name: z.string().regex(/^[a-z][a-z0-9_]{0,511}$/u, { error: 'is lower case letters, digits and "_"' }),
    language: z.enum(['es_MX', 'en_US']),
    /** What Meta charges it as: of her own affairs, or of news. */
    category: z.enum(['UTILITY', 'MARKETING']),
    /** With {{1}}, {{2}} … where values go. */
    body: z.string().min(1).max(BODY_CHARS_MAX),
    /** What each value is, for whoever registers it. */
    values: z.array(z.string().min(1)),
    /** One value for each place, invented: Meta asks for them. */
    example: z.array(z.string().min(1)),
  })
  .superRefine(({ body, values, example }, context) => {
    for (const message of faultsIn(body, values.length, example.length))
      context.addIssue({ code: 'custom', message });
  });

export type TemplateText = z.infer<typeof template>;

/** The prepared words of one language, by the keys the program knows them by. */
export type TemplateTexts = Readonly<Record<string, TemplateText>>;
export type LocaleTemplates = Readonly<Record<Language, TemplateTexts>>;

/** Reads a language's templates.json. Throws when one has another shape, or when Meta would refuse it. */
export const parseTemplates = (json: unknown): TemplateTexts => z.record(z.string(), template).parse(json);

/** The words as she reads them. */
export const filledBody = (body: string, values: readonly string[]): string =>
  body.replace(PLACE, (place, number: string) => values[Number(number) - 1] ?? place);

function faultsIn(body: string, values: number, examples: number): string[] {
  const places = [...body.matchAll(PLACE)].map(([, number]) => Number(number));
  const inOrder = places.every((place, at) => place === at + 1);
  const rules: readonly [boolean, string][] = [
    [inOrder && places.length === values, `has ${places.length} places in the body and ${values} values`],
    [examples === values, `has ${examples} examples and ${values} values`],
    [!/^\s*\{\{\d+\}\}|\{\{\d+\}\}\W*$/u.test(body), 'begins or ends with a place'],
    [!/\}\}\W*\{\{/u.test(body), 'has two places beside each other'],
    [!/\n|\t| {4}/u.test(body), 'has a line end, a tab or a row of spaces'],
    [!/[{}]/u.test(body.replace(PLACE, '')), 'has a brace that is no place'],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, fault]) => fault);
}
