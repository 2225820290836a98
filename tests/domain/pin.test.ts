import { describe, expect, test } from 'vitest';
import { isPinShaped, pinFault } from '../../src/domain/pin.ts';

describe('a PIN', () => {
  test.each([
    ['123', 'length'],
    ['1234567', 'length'],
    ['12a4', 'length'],
    ['0000', 'easy'],
    ['777777', 'easy'],
    ['1234', 'easy'],
    ['7890', 'easy'],
    ['9876', 'easy'],
    ['543210', 'easy'],
    ['1212', 'easy'],
    ['456456', 'easy'],
    ['1987', 'year'],
    ['2004', 'year'],
    ['198705', 'year'],
    ['051987', 'year'],
    ['0003', 'number'],
    ['000003', 'number'],
    ['0104', 'number'],
    ['526641', 'number'],
  ])('%s is no good: %s', (digits, fault) => {
    expect(pinFault(digits, ['3', '+526641230104'])).toBe(fault);
  });

  test.each(['4829', '48291', '482915', '3003', '2187', '0305'])('%s will do', (digits) => {
    expect(pinFault(digits, ['3', '+526641230104'])).toBeUndefined();
  });

  test('without a telephone her place alone is looked at', () => {
    expect(pinFault('0104', ['3', ''])).toBeUndefined();
    expect(pinFault('0012', ['12', ''])).toBe('number');
  });

  test('is four to six digits and nothing else', () => {
    expect(['4829', '482915'].every(isPinShaped)).toBe(true);
    expect(['482', '4829153', '48 29', '٤٨٢٩', ''].some(isPinShaped)).toBe(false);
  });
});
