import { describe, expect, test } from 'vitest';
import { understoodLine } from '../../src/app/understood-line.ts';
import { lexicons } from '../support/lexicons.ts';

const ROSTER = ['Petra Gómez', 'Ana López', 'María Santos', 'María Elena Torres'];

const read = (line: unknown, explain = false): unknown => {
  const answer = understoodLine(typeof line === 'string' ? line : JSON.stringify(line), {
    lexicons,
    explain,
  });
  return answer.ok ? JSON.parse(answer.json) : answer.fault;
};

const nothing = { items: [], ambiguous: [], unknown: [], clarify: false };

describe('what a message means, in JSON', () => {
  test('a list has full names, purposes and amounts with two decimals', () => {
    expect(read({ text: 'ana 150.5, petra no vino', lang: 'es', role: 'leader', roster: ROSTER })).toEqual({
      ...nothing,
      intent: 'payments.record',
      items: [
        { member: 'Ana López', purpose: 'pay', amount: '150.50' },
        { member: 'Petra Gómez', purpose: 'unpaid', amount: null },
      ],
    });
  });

  test('names that fit two or nobody stand as they were written, and money that was not read is asked about', () => {
    expect(
      read({ text: 'Ana 100, María 20, Zoila 50, petra 1.500', role: 'leader', roster: ROSTER }),
    ).toMatchObject({
      items: [{ member: 'Ana López', purpose: 'pay', amount: '100.00' }],
      ambiguous: ['María'],
      unknown: ['Zoila', 'petra 1.500'],
      clarify: true,
    });
  });

  test('members may have numbers of their own', () => {
    const roster = [{ number: 7, name: 'Ana López' }, { name: 'Rosa Molina' }];
    expect(read({ text: '7 200\n2 150', role: 'leader', roster })).toMatchObject({
      items: [
        { member: 'Ana López', amount: '200.00' },
        { member: 'Rosa Molina', amount: '150.00' },
      ],
    });
  });

  test('a group without members is no trouble', () => {
    expect(read({ text: 'Ana 100', role: 'leader', roster: [] })).toMatchObject({
      items: [],
      unknown: ['Ana'],
    });
  });

  test('Spanish, a member and no roster need not be said', () => {
    expect(read({ text: 'pague 200 del prestamo' })).toEqual({
      ...nothing,
      intent: 'payment.report',
      amount: '200.00',
      purpose: 'loan',
    });
  });

  test.each([
    ['unirme k7p4q-xm3tr', { intent: 'join', code: 'K7P4QXM3TR' }],
    ['english please', { intent: 'language.set', language: 'en' }],
    ['lección de salud', { intent: 'lesson.topic', topic: 'health' }],
  ])('"%s" has its detail', (text, detail) => {
    expect(read({ text })).toMatchObject(detail);
  });

  test('an amount alone is one where an amount was asked for', () => {
    expect(read({ text: '200', expecting: 'amount' })).toMatchObject({ intent: 'unknown', amount: '200.00' });
    expect(read({ text: '200' })).toEqual({ ...nothing, intent: 'unknown' });
  });

  test('why is said when it is asked for', () => {
    expect(read({ text: 'saldo' })).not.toHaveProperty('why');
    expect(read({ text: 'saldo' }, true)).toHaveProperty('why', ['savings.balance: saldo (es)']);
  });
});

describe('a line that cannot be read', () => {
  test.each([
    ['', 'is not JSON: write one object, such as {"text":"saldo"}'],
    ['{"text":', 'is not JSON: write one object, such as {"text":"saldo"}'],
    ['[]', 'must be one JSON object, such as {"text":"saldo","lang":"es","role":"member"}'],
    ['null', 'must be one JSON object, such as {"text":"saldo","lang":"es","role":"member"}'],
    ['{}', 'text must be a text: what was written'],
    ['{"text":"x","lang":"fr"}', 'lang must be one of "es", "en"'],
    ['{"text":"x","role":"boss"}', 'role must be one of "member", "leader"'],
    ['{"text":"x","roster":"Ana"}', 'roster must be a list of names'],
    [
      '{"text":"x","roster":["Ana",7]}',
      'roster[1] must be a name, or an object such as {"number":3,"name":"Ana Ruiz"}',
    ],
    ['{"text":"x","roster":[{"number":2,"name":"Ana"},"Rosa"]}', 'roster has two members with one number'],
  ])('%s', (line, fault) => {
    expect(read(line)).toBe(fault);
  });
});
