// telegraf, as it comes.

import { Agent } from 'node:http';
import { Telegraf } from 'telegraf';
import { BALANCE, ready, root, text, token } from './program.mjs';

const bot = new Telegraf(token, { telegram: { apiRoot: root, agent: new Agent({ keepAlive: true }) } });
bot.hears('saldo', (context) => context.reply(BALANCE));
bot.catch(() => undefined);
void bot.launch(() => ready((contact) => bot.telegram.sendMessage(contact, text)));
