import type WhatsApp from 'whatsapp-web.js';
import { type Identity, nameOf } from './heard.ts';

const REMEMBERED_MAX = 5_000;

export type Identities = {
  /** Both names of whoever WhatsApp calls `name` ("525550100123@c.us", "1234@lid"), as far as it tells. */
  of(name: string): Promise<Identity>;
  /** In which chat this person is to be found, under any of her names; undefined when WhatsApp knows none of them. */
  chat(names: readonly string[]): Promise<string | undefined>;
};

/** Who is who, asked of WhatsApp once each. */
export function identitiesOf(whatsapp: WhatsApp.Client): Identities {
  const known = new Map<string, Identity>();
  /** By number: the chat she last wrote in, or that WhatsApp named. */
  const chats = new Map<string, string>();

  return {
    async of(name) {
      const found = known.get(name) ?? (await ask(whatsapp, name));
      if (found.phone !== undefined && found.lid !== undefined) remember(known, name, found);
      if (found.phone !== undefined) remember(chats, `${found.phone}@c.us`, name);
      return found;
    },
    async chat(names) {
      for (const name of names) {
        const chat = chats.get(name);
        if (chat !== undefined) return chat;
      }
      for (const name of names) {
        const found = name.endsWith('@lid') ? { _serialized: name } : await whatsapp.getNumberId(name);
        if (!found) continue;
        const chat = nameOf(found);
        remember(chats, name, chat);
        return chat;
      }
      return undefined;
    },
  };
}

/** WhatsApp may not answer, or know only one name: then what `name` says itself is all. */
async function ask(whatsapp: WhatsApp.Client, name: string): Promise<Identity> {
  const own = name.endsWith('@lid') ? { lid: name } : { phone: digitsOf(name) };
  try {
    const [found] = await whatsapp.getContactLidAndPhone([name]);
    return {
      phone: own.phone ?? (found?.pn ? digitsOf(found.pn) : undefined),
      lid: own.lid ?? (found?.lid || undefined),
    };
  } catch {
    return own;
  }
}

/** "525550100123:7@c.us" is the seventh device of that number. */
const digitsOf = (name: string): string => name.replace(/[:@].*$/u, '');

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.size >= REMEMBERED_MAX) map.clear();
  map.set(key, value);
}
