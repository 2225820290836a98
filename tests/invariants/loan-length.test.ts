// In how many payments: in her own words, and never in more than the rules allow.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { label, openScene, type Scene } from '../support/scene.ts';

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

describe('a bare number, where the choices have numbers too', () => {
  const WEEKLY = GROUP.replace('ahorro, America', 'solidaria, America').replace(
    'sunday 10:00',
    'sunday 10:00, capital 9000.00',
  );
  const asked = async (text: string) => (await scene.say('Refugio', text)).at(-1);
  const labels = (message: Awaited<ReturnType<typeof asked>>) =>
    (message?.choices ?? []).map((choice) => choice.label);

  beforeEach(async () => {
    await scene.close();
    scene = await openScene({ header: WEEKLY });
    await scene.say('Refugio', 'quiero un préstamo de 300');
    await scene.press('Refugio', label('loan-choice.home'));
    expect(labels(scene.heard('Refugio').at(-1))).toEqual([
      'En 4 pagos',
      'En 8 pagos',
      'En 16 pagos',
      label('choice.cancel'),
    ]);
  });

  test.each(['4', '5', '16'])('%s is so many payments, at the place of no other length', async (text) => {
    const plan = await asked(text);
    expect(plan?.text).toContain(`en ${text} pagos`);
    expect(labels(plan)).toEqual([label('choice.yes'), label('choice.no')]);
  });

  test.each(['1', '2', '3'])('%s is asked once more, and then is what it says', async (text) => {
    const again = await asked(text);
    expect(labels(again)).toHaveLength(3);
    expect(again?.text).not.toContain('interés');
    expect((await asked(text))?.text).toMatch(new RegExp(`en ${text} pagos?:`, 'u'));
  });

  test('the other one is there too', async () => {
    await asked('3');
    await scene.press('Refugio', 'En 16 pagos');
    expect(scene.heard('Refugio').at(-1)?.text).toContain('en 16 pagos');
  });

  test('more than are offered is refused, and asks for nothing', async () => {
    expect(labels(await asked('17'))).not.toContain(label('choice.yes'));
  });

  test('an officer’s new plan is read the same way', async () => {
    await scene.close();
    scene = await openScene({
      header: WEEKLY.replace(
        'Refugio López, ahorro 300.00',
        'Refugio López, ahorro 300.00, préstamo 160.00 desde 2026-11-15',
      ),
    });
    await scene.say('Micaela', 'nuevo plazo para Refugio');
    const plan = (await scene.say('Micaela', '4')).at(-1);
    expect(scene.payload('Micaela', label('choice.yes'))).toMatch(/^plan:yes:.*:4$/u);
    expect(labels(plan)).toEqual([label('choice.yes'), label('choice.no')]);
  });
});
