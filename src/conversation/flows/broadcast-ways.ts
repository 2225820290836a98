import type { AudiencePreview, BroadcastWay } from '../broadcast-facts.ts';
import type { Language } from '../message.ts';
import { type Say, say } from '../say.ts';

/** "Telegram, español: 34", a line for each channel and language. */
export const waysSaid = (ways: readonly BroadcastWay[]): Say[] => {
  const counts = new Map<string, { channel: string; language: Language; messages: number }>();
  for (const { channel, language, messages } of ways) {
    const key = `${channel}/${language}`;
    const before = counts.get(key)?.messages ?? 0;
    counts.set(key, { channel, language, messages: before + messages });
  }
  return [...counts.values()].map(({ channel, language, messages }) =>
    say('send.way', {
      channel: channelName(channel),
      language: [say(`send.in-${language}`)],
      count: messages,
    }),
  );
};

const CHANNELS: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  'whatsapp-cloud': 'WhatsApp',
  'whatsapp-web': 'WhatsApp',
  simulator: 'Simulador',
};

const channelName = (channel: string): string => CHANNELS[channel] ?? channel;

/** Where they live whom it comes to. */
export const zonesOf = ({ ways }: AudiencePreview): string[] => [
  ...new Set(ways.map(({ timeZone }) => timeZone)),
];
