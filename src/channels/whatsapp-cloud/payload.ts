import { z } from 'zod';

// What Meta posts, as far as it is read. Each piece is checked by itself and gives way by itself (`catch`), so that a
// field that Meta adds or changes elsewhere never costs a message.

const lenient = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const short = z.string().min(1).max(256);

const file = z.object({
  id: short,
  mime_type: lenient(z.string().max(128)),
  filename: lenient(z.string().max(255)),
  caption: lenient(z.string()),
});
const choice = z.object({ id: z.string().max(256) });

/** One message. Without an id it cannot be told apart from its copies, so only that must be there. */
const message = z.object({
  id: z.string().min(1).max(512),
  from: lenient(short),
  from_user_id: lenient(short),
  group_id: z.unknown().optional(),
  timestamp: lenient(z.coerce.number().int().positive()),
  type: z.string().max(64).catch(''),
  context: lenient(
    z.object({
      id: lenient(z.string().min(1).max(512)),
      forwarded: z.boolean().optional().catch(undefined),
      frequently_forwarded: z.boolean().optional().catch(undefined),
    }),
  ),
  text: lenient(z.object({ body: z.string() })),
  button: lenient(z.object({ payload: z.string().max(256) })),
  interactive: lenient(z.object({ button_reply: lenient(choice), list_reply: lenient(choice) })),
  image: lenient(file),
  audio: lenient(file),
  voice: lenient(file),
  video: lenient(file),
  document: lenient(file),
  sticker: lenient(file),
  contacts: lenient(
    z.array(
      z.object({
        phones: z.array(z.object({ phone: lenient(z.string().max(64)), wa_id: lenient(short) })).catch([]),
      }),
    ),
  ),
  system: lenient(z.object({ type: z.string().max(64) })),
});

const status = z.object({
  id: z.string().min(1).max(512),
  status: z.string().max(64),
  timestamp: lenient(z.coerce.number().int().positive()),
  errors: lenient(z.array(z.object({ code: z.int() }))),
});

const contact = z.object({ wa_id: lenient(short), user_id: lenient(short) });

/** A change of somebody's business-scoped id: `previous` is what she was known by. */
const renamed = z.object({ user_id: z.object({ previous: short }) });

const value = z.object({
  metadata: lenient(z.object({ phone_number_id: lenient(z.coerce.string().max(64)) })),
  contacts: z.array(contact.catch({})).catch([]),
  messages: z.array(z.unknown()).catch([]),
  statuses: z.array(z.unknown()).catch([]),
  user_id_update: z.array(z.unknown()).catch([]),
});

const payload = z.object({
  entry: z.array(
    z
      .object({
        changes: z.array(z.object({ field: z.string().max(64).catch(''), value: z.unknown() })).catch([]),
      })
      .catch({ changes: [] }),
  ),
});

export type PostedMessage = z.infer<typeof message>;
export type PostedStatus = z.infer<typeof status>;
export type PostedContact = z.infer<typeof contact>;
export type PostedFile = z.infer<typeof file>;

/** One change of a payload: the messages and statuses in it that can be read, and how many cannot. */
export type Change = {
  readonly field: string;
  /** The business number it is about; undefined when it is not said. */
  readonly phoneNumberId: string | undefined;
  readonly contacts: readonly PostedContact[];
  readonly messages: readonly PostedMessage[];
  readonly statuses: readonly PostedStatus[];
  /** Business-scoped ids that their persons no longer have. */
  readonly idsGone: readonly string[];
  readonly unreadable: number;
};

/** The changes in a payload; undefined when it is no payload of the WhatsApp API. Never throws. */
export function changesIn(posted: unknown): Change[] | undefined {
  const parsed = payload.safeParse(posted);
  if (!parsed.success) return undefined;
  return parsed.data.entry.flatMap(({ changes }) => changes.map((each) => changeOf(each.field, each.value)));
}

function changeOf(field: string, posted: unknown): Change {
  const parsed = value.safeParse(posted);
  if (!parsed.success) {
    return {
      field,
      phoneNumberId: undefined,
      contacts: [],
      messages: [],
      statuses: [],
      idsGone: [],
      unreadable: 1,
    };
  }
  const { metadata, contacts, messages, statuses, user_id_update: updates } = parsed.data;
  const read = messages.flatMap((each) => message.safeParse(each).data ?? []);
  const told = statuses.flatMap((each) => status.safeParse(each).data ?? []);
  return {
    field,
    phoneNumberId: metadata?.phone_number_id,
    contacts,
    messages: read,
    statuses: told,
    idsGone: updates.flatMap((each) => renamed.safeParse(each).data?.user_id.previous ?? []),
    unreadable: messages.length - read.length + statuses.length - told.length,
  };
}
