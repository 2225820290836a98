import { lookAtWhatsAppCloud } from '../channels/whatsapp-cloud/look.ts';
import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';

/** What is set for WhatsApp by the Cloud API, what Meta says to it, and what is left to do there. */
export const whatsAppCloudFindings = async (cloud: Config['whatsAppCloud']): Promise<Finding[]> => {
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
        {
          well: true,
          what: `${configured}, as ${look.name ?? 'a number without a name'}${look.quality === undefined ? '' : `, quality ${look.quality}`}.`,
          remedy:
            'Meta posts to /webhooks/whatsapp of your public address. comadre templates prints what to register there.',
        },
        ...(cloud.appSecrets.length > 1
          ? [
              {
                well: true,
                what: 'Two app secrets are taken. When Meta signs with the new one, take the old one away.',
              },
            ]
          : []),
      ];
  }
};
