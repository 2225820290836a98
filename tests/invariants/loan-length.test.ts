// In how many payments: in her own words, and never in more than the rules allow.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

const GROUP = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Refugio López, ahorro 300.00
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: GROUP });
  await scene.say('Refugio', 'quiero un préstamo de 300');
  await scene.say('Refugio', '1');
});
afterEach(() => scene.close());

test('the number alone, or in a sentence', async () => {
  const choices = scene.heard('Refugio').at(-1)?.choices.length ?? 0;
  const [asked] = await scene.say('Refugio', 'en 2 pagos');
  expect(choices).toBeGreaterThan(1);
  expect(asked?.text).toContain('2 ');
  expect(asked?.choices).toHaveLength(2);
});

test.each(['en 500 pagos', 'en 0 pagos'])('%s is refused in words', async (words) => {
  const [asked] = await scene.say('Refugio', words);
  expect(asked?.text).toMatch(/pagos/u);
  expect(asked?.text).not.toContain('Algo falló');
  expect((await scene.say('Refugio', 'sí')).at(-1)?.text).not.toContain('Le avis');
});
