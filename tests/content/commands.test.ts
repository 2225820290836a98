import { describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/app/load-commands.ts';
import { understand } from '../../src/conversation/understand/understand.ts';
import { lexicons } from '../support/lexicons.ts';

const commands = loadCommands(new URL('../../locales/', import.meta.url));

/** What each command asks for, in the order of the menu. */
const INTENTS = [
  'savings.balance',
  'loan.balance',
  'history',
  'payment.report',
  'meeting.next',
  'help',
  'human',
  'stop',
];

describe('the commands behind the "Menu" button', () => {
  test.each(['es', 'en'] as const)('%s: each arrives as a word that is understood', (language) => {
    const meanings = commands[language].map(({ command }) =>
      understand(command, { language, role: 'member', roster: [], expecting: 'nothing', lexicons }),
    );
    expect(meanings.map(({ intent }) => intent)).toEqual(INTENTS);
  });

  test('what stands beside them names no money: anybody who holds the telephone sees it', () => {
    for (const { description } of Object.values(commands).flat())
      expect(description).not.toMatch(/\$|ahorr|debe/iu);
  });
});
