// The business account behind a number: its templates, and the apps that are told what people write.

import type { IncomingMessage } from 'node:http';

export type CloudAccount = {
  readonly id: string;
  /** As Meta lists them; a page has `pageSize` of them. */
  templates: readonly Readonly<Record<string, unknown>>[];
  readonly pageSize?: number;
  /** Apps that are subscribed to the account, by id. Ours has the secret that signs what is posted. */
  apps: readonly string[];
  readonly ownApp: string;
  /** Fields that our app is subscribed to. */
  fields: readonly string[];
};

type Asked = { readonly request: IncomingMessage; readonly url: URL };

/** What an edge of the account or of an app answers; undefined when it is none of them. */
export function accountEdge(
  account: CloudAccount,
  secrets: { readonly token: string; readonly appSecret: string },
  { request, url }: Asked,
): unknown {
  const [, , id = '', edge] = url.pathname.split('/');
  if (id === account.id && edge === undefined) return undefined;
  const by = request.headers.authorization;
  if (edge === 'subscriptions') {
    if (id !== account.ownApp || by !== `Bearer ${id}|${secrets.appSecret}`) return 'not-allowed';
    const fields = account.fields.map((name) => ({ name, version: 'v26.0' }));
    return {
      data: [
        { object: 'whatsapp_business_account', callback_url: 'https://x.example', active: true, fields },
      ],
    };
  }
  if (id !== account.id) return undefined;
  if (by !== `Bearer ${secrets.token}`) return 'not-allowed';
  if (edge === 'subscribed_apps') {
    return {
      data: account.apps.map((app) => ({ whatsapp_business_api_data: { id: app, name: 'App', link: '' } })),
    };
  }
  return edge === 'message_templates' ? templatePage(account, url) : undefined;
}

function templatePage({ templates, pageSize = 3 }: CloudAccount, url: URL): unknown {
  const from = Number(url.searchParams.get('after') ?? 0);
  const to = from + pageSize;
  return {
    data: templates.slice(from, to),
    paging: {
      cursors: { before: String(from), after: String(to) },
      ...(to < templates.length && { next: url.href }),
    },
  };
}
