import { lookAtTelegram } from '../channels/telegram/look.ts';
import { lookAtWhatsAppCloud } from '../channels/whatsapp-cloud/look.ts';
import type { Config } from '../config.ts';

/** The links that open a chat with a code in it, by one tap. */
export type LinksOf = (code: string) => string[];

/**
 * Asks each platform that is configured under which name people reach us. `silent`: those that did not say. Of a pilot
 * telephone it is what the running program kept (`pilotPhone`), where no number of the Cloud API takes its place.
 */
export const inviteLinks = async (
  config: Pick<Config, 'telegram' | 'whatsAppCloud' | 'whatsAppWeb'>,
  pilotPhone: string | undefined,
): Promise<{
  readonly linksOf: LinksOf;
  readonly silent: readonly string[];
  readonly withoutPilot: boolean;
}> => {
  const { telegram, whatsAppCloud, whatsAppWeb } = config;
  const [bot, number] = await Promise.all([
    telegram && lookAtTelegram(telegram),
    whatsAppCloud && lookAtWhatsAppCloud(whatsAppCloud),
  ]);
  const name = bot?.type === 'known' ? bot.name : undefined;
  const cloudPhone = number?.type === 'known' ? number.phone : undefined;
  const isPilot = whatsAppCloud === undefined && whatsAppWeb !== undefined;
  const phone = isPilot ? pilotPhone : cloudPhone;
  return {
    linksOf: (code) => [
      // core.telegram.org/api/links#bot-links and faq.whatsapp.com, "click to chat", read 2026-11-22
      ...(name === undefined ? [] : [`https://t.me/${name}?start=${code}`]),
      ...(phone === undefined ? [] : [`https://wa.me/${phone}?text=UNIRME%20${code}`]),
    ],
    silent: [
      ...(telegram && name === undefined ? ['Telegram'] : []),
      ...(whatsAppCloud && phone === undefined ? ['WhatsApp'] : []),
    ],
    withoutPilot: isPilot && phone === undefined,
  };
};
