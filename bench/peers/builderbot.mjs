// BuilderBot with its own memory database and a provider of the bare Bot API: it has none that reaches a server of ours.

import { EventEmitter } from 'node:events';
import { addKeyword, createBot, createFlow, MemoryDB, ProviderClass } from '@builderbot/bot';
import { BALANCE, ready, root, text, token } from './program.mjs';

const call = async (method, params) => {
  const answer = await fetch(`${root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  const { ok, result, description } = await answer.json();
  if (!ok) throw new Error(description);
  return result;
};

class BotApiProvider extends ProviderClass {
  globalVendorArgs = { name: 'bot', port: 0 };

  beforeHttpServerInit() {}
  afterHttpServerInit() {}
  saveFile() {
    return Promise.resolve('');
  }
  initVendor() {
    this.vendor = new EventEmitter();
    return Promise.resolve(this.vendor);
  }
  busEvents() {
    return [{ event: 'message', func: (message) => this.emit('message', message) }];
  }
  /** Messages are fetched: nothing listens. */
  start() {
    void this.#fetch();
    ready((contact) => this.sendMessage(String(contact), text));
  }
  /** What a provider throws while it answers ends the whole process: so what was refused is let go. */
  sendMessage = (to, message) =>
    call('sendMessage', { chat_id: Number(to), text: message }).catch(() => undefined);

  async #fetch() {
    for (let offset = 0; ; ) {
      const updates = await call('getUpdates', { offset, timeout: 30 }).catch(() => []);
      for (const { update_id: id, message } of updates) {
        offset = id + 1;
        const from = String(message?.chat.id);
        if (message?.text) this.vendor.emit('message', { body: message.text, from, name: from });
      }
    }
  }
}

const flow = addKeyword('saldo').addAnswer(BALANCE);
const { httpServer } = await createBot({
  flow: createFlow([flow]),
  provider: new BotApiProvider(),
  database: new MemoryDB(),
});
httpServer(0);
