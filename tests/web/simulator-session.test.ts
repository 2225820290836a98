import { describe, expect, test } from 'vitest';
import { anyText, served, textWith } from './served.ts';

const move = (to: unknown, address: unknown = 'ana') =>
  ({ method: 'POST', url: '/simulator/clock', payload: { to, address } as object }) as const;

type Session = { readonly page: string; readonly now: string; readonly mayMove: boolean };

describe('the session of a page', () => {
  test('says what time it is and whether the clock moves, and is the same after a reload', async () => {
    const { server, clock } = await served();
    const first = (await server.inject({ url: '/simulator/session' })).json<Session>();
    expect(first).toEqual({ page: anyText, now: clock.now, mayMove: true });
    clock.mayMove = false;
    const again = await server.inject({ url: `/simulator/session?page=${first.page}` });
    expect(again.json()).toEqual({ ...first, mayMove: false });
    const forgotten = await server.inject({ url: `/simulator/session?page=${crypto.randomUUID()}` });
    expect(forgotten.json<Session>().page).not.toBe(first.page);
  });

  test('what it saves is a file', async () => {
    const { server } = await served();
    const { page } = (await server.inject({ url: '/simulator/session' })).json<Session>();
    const file = await server.inject({ url: `/simulator/transcript?page=${page}` });
    expect([file.statusCode, file.body]).toEqual([200, '2 personas\n']);
    expect(file.headers['content-disposition']).toBe('attachment; filename="simulador.txt"');
    const unknown = await server.inject({ url: `/simulator/transcript?page=${crypto.randomUUID()}` });
    expect([unknown.statusCode, unknown.json()]).toEqual([404, { error: textWith('load the page again') }]);
  });
});

describe('the clock', () => {
  test('moves by a step for one person, and answers what time it is then', async () => {
    const { server, moves } = await served();
    const answer = await server.inject(move('week'));
    expect([answer.statusCode, answer.json()]).toEqual([200, { now: '2026-12-01T03:00:00.000Z' }]);
    expect(moves).toEqual([{ to: 'week', address: 'ana' }]);
  });

  test('where it may not move nothing happens, and she is told where it does', async () => {
    const { server, moves, clock } = await served();
    clock.mayMove = false;
    const answer = await server.inject(move('week'));
    expect([answer.statusCode, answer.json()]).toEqual([409, { error: textWith('SIMULATOR=on') }]);
    expect(moves).toEqual([]);
  });

  test.each([['yesterday'], [7], [undefined]])('%j is no step', async (to) => {
    const { server, moves } = await served();
    expect((await server.inject(move(to))).statusCode).toBe(400);
    expect((await server.inject(move('week', 'a b'))).statusCode).toBe(400);
    expect(moves).toEqual([]);
  });
});
