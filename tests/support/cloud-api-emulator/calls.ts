import { z } from 'zod';

// The messages of the Cloud API as Meta takes them: strict, so that a misspelled field is a fault of the caller's.

const characters = (min: number, max: number) => z.string().min(min).max(max);
const id = characters(1, 200);
const media = z.strictObject({ id });
const captioned = media.extend({ caption: characters(1, 1_024).optional() });
const named = captioned.extend({ filename: characters(1, 240) });
const plain = z.strictObject({ body: characters(1, 4_096), preview_url: z.boolean().optional() });

const button = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: characters(1, 256), title: characters(1, 20) }),
});
const row = z.strictObject({ id, title: characters(1, 24), description: characters(1, 72).optional() });
const section = z.strictObject({ title: characters(1, 24).optional(), rows: z.array(row).min(1) });
const header = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('image'), image: media }),
  z.strictObject({ type: z.literal('video'), video: media }),
  z.strictObject({ type: z.literal('document'), document: media.extend({ filename: characters(1, 240) }) }),
]);
const body = z.strictObject({ text: characters(1, 1_024) });
const unlike = (values: readonly string[]): boolean => new Set(values).size === values.length;

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: header.optional(),
    body,
    action: z.strictObject({
      buttons: z
        .array(button)
        .min(1)
        .max(3)
        .refine((all) => unlike(all.map(({ reply }) => reply.id)), { error: 'two buttons have one id' })
        .refine((all) => unlike(all.map(({ reply }) => reply.title)), {
          error: 'two buttons have one title',
        }),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body,
    action: z
      .strictObject({ button: characters(1, 20), sections: z.array(section).min(1).max(10) })
      .refine(({ sections }) => sections.flatMap(({ rows }) => rows).length <= 10, {
        error: 'more than ten rows',
      })
      .refine(({ sections }) => unlike(sections.flatMap(({ rows }) => rows.map((each) => each.id))), {
        error: 'two rows have one id',
      }),
  }),
]);

const parameter = z.strictObject({
  type: z.literal('text'),
  text: characters(1, 1_024).refine((text) => !/[\n\t]| {5}/u.test(text), {
    error: 'white space Meta refuses',
  }),
});
const template = z.strictObject({
  name: characters(1, 512),
  language: z.strictObject({ code: characters(2, 10) }),
  components: z.array(z.strictObject({ type: z.literal('body'), parameters: z.array(parameter).min(1) })),
});

const envelope = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z
    .string()
    .regex(/^\d{6,20}$/u)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.[A-Za-z0-9.]+$/u)
    .optional(),
});

export const messageCall = z
  .discriminatedUnion('type', [
    envelope.extend({ type: z.literal('text'), text: plain }),
    envelope.extend({ type: z.literal('image'), image: captioned }),
    envelope.extend({ type: z.literal('video'), video: captioned }),
    envelope.extend({ type: z.literal('document'), document: named }),
    envelope.extend({ type: z.literal('audio'), audio: media.extend({ voice: z.boolean().optional() }) }),
    envelope.extend({ type: z.literal('interactive'), interactive }),
    envelope.extend({ type: z.literal('template'), template }),
  ])
  .refine(({ to, recipient }) => (to === undefined) !== (recipient === undefined), {
    error: 'either "to" or "recipient" names whom it is for',
  });

export type MessageCall = z.infer<typeof messageCall>;
