import { describe, expect, test } from 'vitest';
import { wantedName, withoutName } from '../../src/domain/blank-name.ts';

const OTHERS = ['Rosa Hernández', 'Ana López'];

describe('where it is known who else may be meant', () => {
  test.each([
    ['pañales para Xunka', 'pañales para …'],
    ['pañales para XUNKA.', 'pañales para ….'],
    ['lo de xunka sántiz, y lo de Rosa', 'lo de … …, y lo de Rosa'],
    ['lo de Xunka Santiz', 'lo de … …'],
    ['Xunkas y xunkal son otras palabras', 'Xunkas y xunkal son otras palabras'],
    ['copias y plumas', 'copias y plumas'],
    ['', ''],
  ])('%s', (text, left) => {
    expect(withoutName(text, wantedName('Xunka Sántiz', OTHERS))).toBe(left);
  });

  test('a word that another one is called too is hers only beside her other one', () => {
    const wanted = wantedName('Ana Hernández Gil', OTHERS);
    expect(withoutName('Ana trajo el pan', wanted)).toBe('Ana trajo el pan');
    expect(withoutName('Ana Hernández trajo el pan', wanted)).toBe('… … trajo el pan');
    expect(withoutName('Gil trajo el pan', wanted)).toBe('… trajo el pan');
  });

  test('what joins the words of a name is nobody’s', () => {
    const wanted = wantedName('María del Carmen de los Ángeles', []);
    expect(withoutName('lo del pan de los niños, por María', wanted)).toBe('lo del pan de los niños, por …');
  });
});

describe('among a whole programme', () => {
  test('only two words of it together are she, or a name of one word', () => {
    const wanted = wantedName('Xunka Sántiz', undefined);
    expect(withoutName('Xunka abre el taller', wanted)).toBe('Xunka abre el taller');
    expect(withoutName('Xunka  Sántiz abre el taller', wanted)).toBe('…  … abre el taller');
    expect(withoutName('Xunka abre', wantedName('Xunka', undefined))).toBe('… abre');
  });
});
