import { describe, expect, test } from 'vitest';
import type { ChannelLog } from '../src/channels/channel-log.ts';
import { createLog, type LogFields } from '../src/log.ts';
import { buildServer } from '../src/web/server.ts';

const logging = () => {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;
  return { log, lines, last };
};

const group = '00000000-0000-4000-8000-000000000001';

describe('the log', () => {
  test('writes ids, counts, codes and what happened', () => {
    const { log, last } = logging();
    log.info({ group, outcome: 'refused', count: 3, durationMs: 12.5 }, 'payment not accepted');
    expect(last()).toMatchObject({
      level: 'info',
      group,
      outcome: 'refused',
      count: 3,
      event: 'payment not accepted',
    });
  });

  test('drops fields that are not on the list', () => {
    const { log, last } = logging();
    const fields = { name: 'Rosa Méndez', phone: '+526640000000', text: 'Ana 100', channel: 'telegram' };
    log.info(fields, 'a message came');
    expect(Object.keys(last()).sort()).toEqual(['channel', 'event', 'level', 'time']);
  });

  test.each([
    ['a name where an id belongs', { member: 'Rosa' }],
    ['a name where a code belongs', { outcome: 'Rosa Méndez' }],
    ['a telephone where a code belongs', { outcome: '526640000001' }],
    ['a sentence where a number belongs', { count: 'Ana pagó' }],
  ])('writes "unfit" for %s', (_, fields) => {
    const { log, lines } = logging();
    log.info(fields as unknown as LogFields, 'x');
    expect(lines.join('')).toMatch(/"unfit"/);
    expect(lines.join('')).not.toMatch(/Rosa|52664|Ana/);
  });

  test('takes quotes, long numbers and tokens out of a reason', () => {
    const { log, lines } = logging();
    log.warn(
      { code: '400', reason: 'Bad Request: "Ana" 123456789 7000000001:AAinvented-token_x' },
      'not sent',
    );
    expect(lines.join('')).not.toMatch(/Ana|123456789|invented/);
    expect(lines.join('')).toContain('Bad Request');
  });

  test('keeps of an error its name, its code and where it was thrown, never its message', () => {
    const { log, lines, last } = logging();
    const error = Object.assign(new TypeError('Rosa owes 500\n    at Rosa (/home/rosa.ts:1:1)'), {
      code: '23505',
    });
    log.error({ error }, 'a message could not be answered');
    expect(last()['error']).toMatchObject({ name: 'TypeError', code: '23505' });
    expect(lines.join('')).toContain('log.test.ts');
    expect(lines.join('')).not.toMatch(/[Rr]osa|owes/);
  });

  test('serves as the log of the Telegram channel', () => {
    const { log, last } = logging();
    const given: ChannelLog = log;
    given.warn({ code: 'ECONNREFUSED', reason: 'no answer' }, 'Telegram did not answer; trying again');
    expect(last()).toMatchObject({ code: 'ECONNREFUSED', reason: 'no answer' });
  });
});

describe('the log inside the web server', () => {
  test('never repeats a path, a body or an error message', async () => {
    const { log, lines } = logging();
    const server = buildServer({
      log: log.forFastify,
      health: async () => ({ ok: true }),
      ready: async () => true,
      metrics: async () => {
        throw new Error('Rosa said something');
      },
    });
    await server.inject({ method: 'GET', url: '/metrics?key=very-secret' });
    await server.close();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/Rosa|very-secret|Ana/);
    expect(lines.join('')).toContain('"frames"');
  });

  test('keeps an error that comes in parts', () => {
    const { log, last } = logging();
    const stack = ['    at Rosa', '    at file (/app/src/web/server.ts:1:2)'];
    log.forFastify.error({ name: 'TypeError', code: 'FST_ERR', stack, note: 'Ana' }, 'a web request failed');
    expect(last()['error']).toEqual({
      name: 'TypeError',
      code: 'FST_ERR',
      frames: ['at file (/app/src/web/server.ts:1:2)'],
    });
  });

  test('a line that is nothing but an error does not say its message', () => {
    const { log, lines } = logging();
    log.forFastify.error(new Error('Rosa said something'));
    log.forFastify.warn({ err: new Error('Rosa said something') }, 'Rosa said something');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('Rosa');
  });
});
