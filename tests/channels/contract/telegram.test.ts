import { describe } from 'vitest';
import { contract } from './contract.ts';
import { startTelegram, TELEGRAM } from './telegram-rig.ts';

describe.each(['polling', 'webhook'] as const)('by %s', (mode) => {
  contract(TELEGRAM, startTelegram(mode));
});
