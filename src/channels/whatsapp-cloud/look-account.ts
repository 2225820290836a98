import { z } from 'zod';
import { type Answer, type GraphSettings, graphOf } from './graph.ts';

/** A template as Meta has it. */
export type RegisteredTemplate = {
  readonly name: string;
  readonly language: string;
  /** APPROVED, PENDING, REJECTED, PAUSED, DISABLED … */
  readonly status: string;
  readonly category: string;
  readonly body: string;
};

/**
 * What Meta says of the business account. `webhook`: whether it posts what people write to some app; `no-app` when no app is
 * subscribed to the account, `no-messages` when ours is and not to the field `messages`, `not-ours` when none of the apps that
 * are has our secret.
 */
export type AccountLook =
  | {
      readonly type: 'known';
      readonly templates: readonly RegisteredTemplate[];
      readonly webhook: 'subscribed' | 'no-app' | 'no-messages' | 'not-ours' | 'no-answer';
    }
  | { readonly type: 'not-allowed' }
  | { readonly type: 'unknown-account' }
  | { readonly type: 'no-answer' };

export type AccountSettings = GraphSettings & {
  readonly businessAccountId: string;
  readonly appSecrets: readonly string[];
};

/** Meta lets an account have 250 templates, some 6,000: more than ours stand in so many pages. */
const PAGES_MAX = 20;
const PAGE = 100;
/** Apps that are asked: an account has one, or a few more of who helps it. */
const APPS_MAX = 5;

const text = z.string().max(2_048).catch('');
const page = z.object({
  data: z.array(
    z.object({
      name: z.string().max(512),
      language: text,
      status: text,
      category: text,
      components: z.array(z.object({ type: text, text }).catch({ type: '', text: '' })).catch([]),
    }),
  ),
  paging: z
    .object({ next: z.string().optional(), cursors: z.object({ after: z.string().max(1_024) }).optional() })
    .optional()
    .catch(undefined),
});
const apps = z.object({
  data: z.array(z.object({ whatsapp_business_api_data: z.object({ id: z.string().regex(/^\d{1,32}$/u) }) })),
});
const subscriptions = z.object({
  data: z.array(
    z.object({
      object: text,
      active: z.boolean().catch(true),
      fields: z.array(z.union([z.object({ name: z.string() }), z.string()])).catch([]),
    }),
  ),
});

/** Asks Meta about the business account: its templates, and who is told what people write. Never throws, and says nothing of keys. */
export async function lookAtAccount(settings: AccountSettings): Promise<AccountLook> {
  const templates = await templatesOf(settings);
  if (!Array.isArray(templates)) return templates;
  return { type: 'known', templates, webhook: await webhookOf(settings) };
}

type Refused = Extract<AccountLook, { type: 'not-allowed' | 'unknown-account' | 'no-answer' }>;

async function templatesOf(settings: AccountSettings): Promise<RegisteredTemplate[] | Refused> {
  const graph = graphOf(settings);
  const found: RegisteredTemplate[] = [];
  let after = '';
  for (let read = 0; read < PAGES_MAX; read += 1) {
    const fields = `fields=name,language,status,category,components&limit=${PAGE}`;
    const answer = await graph.get(`${settings.businessAccountId}/message_templates?${fields}${after}`);
    if (!answer.ok) return { type: refusalOf(answer) };
    const { data: some } = page.safeParse(answer.body);
    if (some === undefined) return { type: 'no-answer' };
    for (const { components, ...template } of some.data) {
      found.push({ ...template, body: components.find(({ type }) => type === 'BODY')?.text ?? '' });
    }
    const { next, cursors } = some.paging ?? {};
    if (next === undefined || cursors === undefined) break;
    after = `&after=${encodeURIComponent(cursors.after)}`;
  }
  return found;
}

const refusalOf = ({ failure }: Extract<Answer, { ok: false }>): Refused['type'] => {
  if (failure.type === 'bad-credentials') return 'not-allowed';
  return failure.type === 'our-bug' ? 'unknown-account' : 'no-answer';
};

type Webhook = Extract<AccountLook, { type: 'known' }>['webhook'];

async function webhookOf(settings: AccountSettings): Promise<Webhook> {
  const answer = await graphOf(settings).get(`${settings.businessAccountId}/subscribed_apps`);
  const { data: subscribed } = apps.safeParse(answer.ok ? answer.body : undefined);
  if (subscribed === undefined) return 'no-answer';
  if (subscribed.data.length === 0) return 'no-app';
  for (const { whatsapp_business_api_data: app } of subscribed.data.slice(0, APPS_MAX)) {
    for (const secret of settings.appSecrets) {
      // An app speaks for itself by its id and its secret: only of ours is the secret known.
      const answered = await graphOf({ ...settings, token: `${app.id}|${secret}` }).get(
        `${app.id}/subscriptions`,
      );
      if (answered.ok) return fieldsIn(answered.body);
      if (refusalOf(answered) === 'no-answer') return 'no-answer';
    }
  }
  return 'not-ours';
}

const fieldsIn = (body: unknown): Webhook => {
  const { data: told } = subscriptions.safeParse(body);
  if (told === undefined) return 'no-answer';
  const heard = told.data
    .filter(({ object, active }) => object === 'whatsapp_business_account' && active)
    .flatMap(({ fields }) => fields.map((field) => (typeof field === 'string' ? field : field.name)));
  return heard.includes('messages') ? 'subscribed' : 'no-messages';
};
