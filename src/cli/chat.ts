import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { botLines } from '../app/save-transcript.ts';
import { complain, settings } from './command.ts';
import type { Heard } from './conversation.ts';
import { openConversation } from './conversation.ts';

type Options = { readonly as: string; readonly record?: string };

/** The terminal simulator: one line of input is one message. Ends with the input. */
export const chat = async (options: Options): Promise<number> => {
  const config = settings();
  if (!config) return 2;
  if (!config.simulator) {
    complain(
      'The terminal simulator is off because a real channel is configured. Set SIMULATOR=on to use it.',
    );
    return 2;
  }
  const conversation = await openConversation(config, options.as);
  if (!conversation.ok) {
    complain(conversation.problem);
    return 2;
  }
  const interactive = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, ...(interactive ? { output: process.stdout } : {}) });
  if (interactive) lines.setPrompt('> ');
  try {
    if (interactive) lines.prompt();
    for await (const line of lines) {
      if (line.trim() !== '') {
        const heard = await conversation.say(line.trim());
        for (const message of heard) process.stdout.write(`${shown(message)}\n\n`);
        if (options.record) record(options.record, { name: options.as, line: line.trim(), heard });
      }
      if (interactive) lines.prompt();
    }
  } finally {
    await conversation.close();
  }
  return 0;
};

/** The text, then the choices as numbered lines: a number or a word answers them. */
const shown = ({ text, choices }: Heard): string =>
  [text, ...choices.map((choice, index) => `  ${index + 1}. ${choice.label}`)].join('\n');

const record = (file: string, said: { name: string; line: string; heard: readonly Heard[] }): void => {
  const lines = [`${said.name}: ${said.line}`, ...said.heard.flatMap((message) => botLines(message))];
  appendFileSync(file, `${lines.join('\n')}\n`);
};
