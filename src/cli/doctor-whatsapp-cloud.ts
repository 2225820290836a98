import { lookAtWhatsAppCloud, type WhatsAppCloudLook } from '../channels/whatsapp-cloud/look.ts';
import type { Config } from '../config.ts';
import type { WhatsAppCloudConfig } from '../config-whatsapp-cloud.ts';
import type { LocaleTemplates } from '../content/templates.ts';
import { whatsAppAccountFindings } from './doctor-whatsapp-account.ts';
import type { Finding } from './finding.ts';

/** What is set for WhatsApp by the Cloud API, what Meta says to it, and what is left to do there. */
export const whatsAppCloudFindings = async (
  cloud: Config['whatsAppCloud'],
  templates: LocaleTemplates,
): Promise<Finding[]> => {
  if (!cloud) {
    return [
      {
        well: true,
        what: 'WhatsApp by the Cloud API is not configured.',
        remedy:
          'To connect it, set WHATSAPP_CLOUD_TOKEN, _PHONE_NUMBER_ID, _APP_SECRET and _VERIFY_TOKEN; docs/operating.md says where they are.',
      },
    ];
  }
  const configured = `WhatsApp by the Cloud API is configured (${cloud.version})`;
  const look = await lookAtWhatsAppCloud(cloud);
  switch (look.type) {
    case 'wrong-token':
      return [
        {
          well: false,
          what: `${configured}, and Meta does not accept the token for this number.`,
          remedy:
            'Make a new one: business settings, System users, Generate token, with both WhatsApp permissions.',
        },
      ];
    case 'unknown-number':
      return [
        {
          well: false,
          what: `${configured}, and Meta does not know WHATSAPP_CLOUD_PHONE_NUMBER_ID.`,
          remedy: 'Copy the digits under "Phone number ID"; it is not the number itself.',
        },
      ];
    case 'no-answer':
      return [
        {
          well: true,
          what: `${configured}, and Meta did not answer just now.`,
          remedy: 'Is graph.facebook.com reachable from here? The program starts all the same.',
        },
      ];
    case 'known':
      return [
        ...knownFindings(cloud, look, configured),
        ...(await whatsAppAccountFindings(cloud, templates)),
      ];
  }
};

type Known = Extract<WhatsAppCloudLook, { type: 'known' }>;

const knownFindings = (
  { appSecrets }: WhatsAppCloudConfig,
  { name, quality }: Known,
  configured: string,
): Finding[] => [
  {
    well: true,
    what: `${configured}, as ${name ?? 'a number without a name'}${quality === undefined ? '' : `, quality ${quality}`}.`,
    remedy:
      'Meta posts to /webhooks/whatsapp of your public address. comadre templates prints what to register there.',
  },
  ...(appSecrets.length > 1
    ? [
        {
          well: true,
          what: 'Two app secrets are taken. When Meta signs with the new one, take the old one away.',
        },
      ]
    : []),
];
