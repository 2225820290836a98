import { seeded } from '../seeded.ts';
import { exactly, informed, type Row } from '../table.ts';
import { kept, settled } from './counts.ts';
import { type CalledEmulator, RETRY_AFTER_SECONDS, type SendCall, type Spoiled } from './emulator.ts';
import type { ProgramStage } from './stage.ts';
import { heardByAll } from './twice.ts';

const SEED = 41;
const TOO_MANY = 0.05;
const SERVER_ERROR = 0.02;
const TOO_MANY_STATUS = 429;
/** Each says so many. */
const MESSAGES_EACH = 4;
/** What was on its way when the platform said "wait" may still arrive. */
const ON_ITS_WAY_MS = 500;
const SECOND_MS = 1_000;

/** Questions while one call in twenty is "too many" and one in fifty fails: every answer must arrive, and none twice. */
export const askWhileFailing = async (
  stage: ProgramStage<CalledEmulator>,
  messages: number,
): Promise<Row[]> => {
  const people = messages / MESSAGES_EACH;
  const { emulator, database, channel } = stage;
  emulator.spoil(spoiledOf(messages));
  for (let n = 0; n < messages; n += 1) await stage.phone(n % people).says('saldo');
  await settled(stage, async () => (await kept(stage)) >= messages);
  const heard = await heardByAll(stage, people);
  const { rows } = await database.pool.query<{ sent_id: string }>(
    `select sent_id from outbox where channel = $1 and state = 'sent'`,
    [channel],
  );
  const arrived = new Set(heard.map(({ id }) => id));
  const calls = emulator.calls();
  const refused = (status: number): number => calls.filter((call) => call.refused === status).length;
  const most = mostInASecond(calls);
  return [
    exactly(
      `${stage.label}: 5 % 429, 2 % 500: answers that arrived`,
      rows.filter(({ sent_id: id }) => arrived.has(id)).length,
      messages,
    ),
    exactly('  arrived although nobody recorded them, or twice', heard.length - rows.length, 0),
    informed('  answers 429 and 500 given', `${refused(TOO_MANY_STATUS)} and ${refused(500)} (seed ${SEED})`),
    exactly(
      stage.processes > 1 ? '  calls to a chat that was to wait' : '  calls while all was to wait',
      callsInPauses(calls, stage.processes > 1),
      0,
    ),
    informed('  most calls in a second', `${most} (the platform allows ${emulator.perSecond})`),
    ...shareRows(stage),
  ];
};

/** Which process was given how much. @throws when one was given nothing: then nothing was measured of two */
export const shareRows = (stage: ProgramStage): Row[] => {
  const shares = stage.shares();
  if (shares.includes(0)) throw new Error(`a process was given nothing: ${shares.join(', ')}`);
  return shares.length === 0 ? [] : [informed('  posts to each process', shares.join(', '))];
};

/** Drawn call by call, for as many calls as there are messages and some tries again. */
const spoiledOf = (messages: number): Spoiled[] => {
  const draw = seeded(SEED);
  const faults: Spoiled[] = [];
  let after = 0;
  for (let call = 0; call < messages; call += 1) {
    const chance = draw();
    if (chance >= TOO_MANY + SERVER_ERROR) {
      after += 1;
      continue;
    }
    faults.push({ after, status: chance < TOO_MANY ? TOO_MANY_STATUS : 500 });
    after = 0;
  }
  return faults;
};

/** Processes do not tell one another to wait, so with several only her own chat is looked at. */
const callsInPauses = (calls: readonly SendCall[], onlyHers: boolean): number =>
  calls
    .filter(({ refused }) => refused === TOO_MANY_STATUS)
    .flatMap(({ at, to }) =>
      calls.filter(
        (call) =>
          call.at > at + ON_ITS_WAY_MS &&
          call.at < at + RETRY_AFTER_SECONDS * SECOND_MS &&
          (!onlyHers || call.to === to),
      ),
    ).length;

const mostInASecond = (calls: readonly SendCall[]): number =>
  Math.max(
    ...calls.map(({ at }, first) => calls.slice(first).filter((call) => call.at < at + SECOND_MS).length),
  );
