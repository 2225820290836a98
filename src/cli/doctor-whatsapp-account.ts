import {
  type AccountLook,
  lookAtAccount,
  type RegisteredTemplate,
} from '../channels/whatsapp-cloud/look-account.ts';
import type { WhatsAppCloudConfig } from '../config-whatsapp-cloud.ts';
import type { LocaleTemplates, TemplateText } from '../content/templates.ts';
import type { Finding } from './finding.ts';

/** Whether Meta has our prepared words as we have them and may send them, and whether it posts to us what people write. */
export const whatsAppAccountFindings = async (
  cloud: WhatsAppCloudConfig,
  templates: LocaleTemplates,
): Promise<Finding[]> => {
  const { businessAccountId } = cloud;
  if (businessAccountId === undefined) {
    return [
      {
        well: true,
        what: 'Not looked at: whether Meta has approved the templates, and whether it posts to the webhook.',
        remedy: 'Set WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID ("WhatsApp Business Account ID" in API Setup).',
      },
    ];
  }
  const look = await lookAtAccount({ ...cloud, businessAccountId });
  switch (look.type) {
    case 'not-allowed':
      return [
        {
          well: false,
          what: 'Meta does not let the token look at the business account of WhatsApp.',
          remedy:
            'Give the system user that account and whatsapp_business_management, and generate a token anew.',
        },
      ];
    case 'unknown-account':
      return [
        {
          well: false,
          what: 'Meta does not know WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID.',
          remedy: 'Copy the digits under "WhatsApp Business Account ID"; it is not the id of the number.',
        },
      ];
    case 'no-answer':
      return [{ well: true, what: 'Meta did not answer about the templates and the webhook just now.' }];
    case 'known':
      return [...templateFindings(look.templates, templates), webhookFinding(look.webhook)];
  }
};

const templateFindings = (
  registered: readonly RegisteredTemplate[],
  templates: LocaleTemplates,
): Finding[] => {
  const ours = [...Object.values(templates.es), ...Object.values(templates.en)];
  const found = ours.flatMap((template) => {
    const same = registered.find(
      ({ name, language }) => name === template.name && language === template.language,
    );
    return findingOf(template, same);
  });
  return found.some(({ well }) => !well)
    ? found
    : [{ well: true, what: `Meta has approved all ${ours.length} templates.` }, ...found];
};

const findingOf = (template: TemplateText, registered: RegisteredTemplate | undefined): Finding[] => {
  const called = `The template ${template.name} (${template.language})`;
  const again = 'WhatsApp Manager, Message templates; comadre templates prints it word for word.';
  if (registered === undefined) {
    return [{ well: false, what: `${called} is not registered with Meta.`, remedy: `Register it: ${again}` }];
  }
  const { status, body, category } = registered;
  if (status !== 'APPROVED')
    return [{ well: false, what: `${called} is ${status} at Meta.`, remedy: statusRemedy(status) }];
  const places = placesIn(body);
  if (places !== template.values.length) {
    return [
      {
        well: false,
        what: `${called} has ${places} places at Meta, and ${template.values.length} here: it cannot be sent.`,
        remedy: `Edit it there: ${again}`,
      },
    ];
  }
  if (body.trim() !== template.body) {
    return [
      {
        well: true,
        what: `${called} has other words at Meta than here.`,
        remedy: `Hers are Meta's: ${again}`,
      },
    ];
  }
  return category === template.category
    ? []
    : [
        {
          well: true,
          what: `${called} is ${category} at Meta, and ${template.category} here: it costs and reaches otherwise.`,
          remedy: 'In WhatsApp Manager a review of the category can be asked for.',
        },
      ];
};

const statusRemedy = (status: string): string => {
  switch (status) {
    case 'PENDING':
    case 'IN_APPEAL':
      return 'Meta reads it, from minutes to a day. Until then what needs it waits.';
    case 'REJECTED':
      return 'WhatsApp Manager says why. Edit it there, and locales/<language>/templates.json alike.';
    case 'PAUSED':
    case 'DISABLED':
      return 'People blocked it or reported it too often. WhatsApp Manager says until when; what needs it waits.';
    default:
      return 'WhatsApp Manager says why. Until it is approved what needs it waits.';
  }
};

const placesIn = (body: string): number => new Set(body.match(/\{\{\d+\}\}/gu)).size;

const webhookFinding = (webhook: Extract<AccountLook, { type: 'known' }>['webhook']): Finding => {
  switch (webhook) {
    case 'subscribed':
      return { well: true, what: 'The app is subscribed to what people write (webhook, field messages).' };
    case 'no-app':
      return {
        well: false,
        what: 'No app is subscribed to the business account: nothing that people write comes here.',
        remedy:
          'WhatsApp, Configuration: give the webhook its address and word again, and subscribe to messages.',
      };
    case 'no-messages':
      return {
        well: false,
        what: 'The app is not subscribed to the field messages: nothing that people write comes here.',
        remedy: 'WhatsApp, Configuration, Webhook fields: messages, Subscribe.',
      };
    case 'not-ours':
      return {
        well: false,
        what: 'Another app is subscribed to the business account, and none with WHATSAPP_CLOUD_APP_SECRET.',
        remedy:
          'Subscribe the app whose secret is set: WhatsApp, Configuration; or copy the secret of the other one.',
      };
    case 'no-answer':
      return { well: true, what: 'Meta did not say whether the app is subscribed to the webhook.' };
  }
};
