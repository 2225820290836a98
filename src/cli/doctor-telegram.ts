import { lookAtTelegram, type TelegramLook } from '../channels/telegram/look.ts';
import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';

type Known = Extract<TelegramLook, { type: 'known' }>;

/** What is set for Telegram, what Telegram says to it, and what is left to do at @BotFather. */
export const telegramFindings = async (
  telegram: NonNullable<Config['telegram']> | undefined,
): Promise<Finding[]> => {
  if (!telegram) {
    return [
      {
        well: true,
        what: 'Telegram is not configured.',
        remedy: 'To connect it, ask @BotFather for a token and set TELEGRAM_BOT_TOKEN.',
      },
    ];
  }
  const look = await lookAtTelegram(telegram);
  const how = telegram.mode === 'webhook' ? 'webhook, with its address and its secret' : 'polling';
  switch (look.type) {
    case 'unknown-token':
      return [
        {
          well: false,
          what: `Telegram is configured (${how}), and does not know the token.`,
          remedy: 'Copy it again from @BotFather: /mybots, the bot, API Token.',
        },
      ];
    case 'no-answer':
      return [
        {
          well: true,
          what: `Telegram is configured (${how}), and did not answer just now.`,
          remedy: 'Is api.telegram.org reachable from here? The program starts all the same and tries again.',
        },
      ];
    case 'known':
      return [
        { well: true, what: `Telegram is configured (${how}), as @${look.name}.` },
        ...deliveryFindings(telegram, look),
        ...groupFindings(look),
      ];
  }
};

const deliveryFindings = (
  { mode }: NonNullable<Config['telegram']>,
  { hasWebhook, waiting, trouble }: Known,
): Finding[] => {
  if (mode === 'polling') {
    return hasWebhook
      ? [
          {
            well: true,
            what: 'A webhook is set for this bot. The start takes it away.',
            remedy: 'If another program uses this bot, give this one a bot of its own.',
          },
        ]
      : [];
  }
  if (!hasWebhook) return [{ well: true, what: 'The webhook is not registered yet; the start does it.' }];
  if (trouble === undefined || waiting === 0) return [];
  return [
    {
      well: false,
      what: `Telegram cannot post to the webhook; ${waiting} updates wait. It says: ${trouble}`,
      remedy: 'Does the proxy have a valid certificate, and pass the path on? Then they come by themselves.',
    },
  ];
};

/** In a chat of several people nothing personal is answered, so the bot need not be there. */
const groupFindings = ({ joinsGroups, readsGroups }: Known): Finding[] => [
  ...(readsGroups
    ? [
        {
          well: false,
          what: 'The bot is sent all that is written in the groups it is in.',
          remedy: 'Tell @BotFather /setprivacy, the bot, Enable.',
        },
      ]
    : []),
  ...(joinsGroups
    ? [
        {
          well: true,
          what: 'The bot can be put into groups, where it answers nothing personal.',
          remedy: 'Better without: tell @BotFather /setjoingroups, the bot, Disable.',
        },
      ]
    : []),
];
