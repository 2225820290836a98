// Every refusal of draws, tandas and covers, in both languages: with its values, and none left open.

import { expect, test } from 'vitest';
import { loadLocales } from '../../src/app/load-locales.ts';
import { createContent } from '../../src/content/render.ts';
import { coverRefusalText } from '../../src/conversation/flows/cover-refusal.ts';
import { drawRefusalText } from '../../src/conversation/flows/draw-refusal.ts';
import { tandaRefusalText } from '../../src/conversation/flows/tanda-refusal.ts';
import type { Say } from '../../src/conversation/say.ts';
import { money } from '../../src/domain/money.ts';

const content = createContent(loadLocales(new URL('../../locales/', import.meta.url)).texts);

test.each<[string, Say, string, string]>([
  [
    'a long word',
    drawRefusalText({ type: 'draw_word_long', max: 40 }),
    'hasta 40 letras',
    'up to 40 letters',
  ],
  ['few dice', drawRefusalText({ type: 'draw_dice_unclear', min: 8 }), 'al menos 8', 'at least 8'],
  ['few words', drawRefusalText({ type: 'draw_needs_words', min: 2 }), 'al menos 2', 'at least 2'],
  ['a late secret', drawRefusalText({ type: 'draw_late' }), 'no se abrió a tiempo', 'not opened in time'],
  [
    'too many rounds',
    tandaRefusalText({ type: 'tanda_too_long', max: 104 }),
    'más de 104 rondas',
    'than 104 rounds',
  ],
  [
    'a wrong list',
    tandaRefusalText({ type: 'tanda_rounds_differ', rounds: 4 }),
    'Son 4 rondas',
    'are 4 rounds',
  ],
  ['no such round', tandaRefusalText({ type: 'tanda_no_round', rounds: 4 }), 'a la 4', 'to round 4'],
  [
    'an amount',
    tandaRefusalText({ type: 'tanda_amount', max: money(100_000_000n) }),
    '$1,000,000.00',
    '$1,000,000.00',
  ],
  ['a fee', tandaRefusalText({ type: 'tanda_fee_too_high', pot: money(3_000n) }), 'de $30.00', 'of $30.00'],
  [
    'too much',
    tandaRefusalText({ type: 'more_than_owed', owed: money(10_000n) }),
    'faltan $100.00',
    '$100.00 MXN is left',
  ],
  ['one yes', tandaRefusalText({ type: 'tanda_swap_needs_both' }), 'las dos', 'both'],
  ['too much back', coverRefusalText({ type: 'more_than_owed', owed: money(6_500n) }), '$65.00', '$65.00'],
  ['odd coins', coverRefusalText({ type: 'not_in_coins', unit: money(50n) }), '$0.50', '$0.50'],
  ['no vote', coverRefusalText({ type: 'cover_not_voted' }), 'no ha votado', 'has not voted'],
])('%s is said in Spanish and in English', (_, said, spanish, english) => {
  expect(content.sentence(said, 'es')).toContain(spanish);
  expect(content.sentence(said, 'en')).toContain(english);
  expect(content.sentence(said, 'es') + content.sentence(said, 'en')).not.toMatch(/[{}]|refusal\./);
});
