// grammY: with "auto-retry" the plugin that its guide to flood limits asks for, otherwise as it comes.

import { autoRetry } from '@grammyjs/auto-retry';
import { Bot } from 'grammy';
import { BALANCE, ready, root, text, token } from './program.mjs';

const bot = new Bot(token, { client: { apiRoot: root } });
if (process.argv.includes('auto-retry')) bot.api.config.use(autoRetry());
bot.hears('saldo', (context) => context.reply(BALANCE));
bot.catch(() => undefined);
void bot.start({ onStart: () => ready((contact) => bot.api.sendMessage(contact, text)) });
