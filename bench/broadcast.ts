// One text to many people, ours beside other bot libraries: on the Bot API of this machine, which keeps to Telegram's limits.
// Bad news: somebody who is not reached, or reached twice; a call while the platform says "wait"; a slow answer meanwhile.

import { setTimeout } from 'node:timers/promises';
import type { Crowd, Stage } from './broadcast/api.ts';
import { refuseSome, TEXT } from './broadcast/api.ts';
import { answerTimes, askMeanwhile } from './broadcast/asking.ts';
import { type Ours, withOurs } from './broadcast/ours.ts';
import { installPeers, PEERS, type Peer, STEADY_PEER, withPeer } from './broadcast/peers.ts';
import { soak } from './broadcast/soak.ts';
import { callsWhileWaiting, paceOf } from './broadcast/waits.ts';
import { counterIn } from './channels/counts.ts';
import type { Measurement } from './channels.ts';
import type { Started } from './program.ts';
import type { Server } from './server.ts';
import { atLeast, atMost, exactly, informed, load, type Row } from './table.ts';

const FREE_PER_SECOND = 30;
const PAID_PER_SECOND = 1_000;
const PAID_TARGET = 900;
/** So many that the slowest of them is not the twentieth part. */
const ASKERS = 60;
/** "Too many", so often among the messages, and to wait for so long. */
const REFUSED = { every: 150, seconds: 1 };
const SHARE_TARGET = 0.95;
/** Of a balance question, the message to many notwithstanding. */
const ANSWER_MS_MAX = 1_000;
/** A lease ends after a minute; then what a process that is gone had begun goes out. */
const LEASE_MS = 75_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export type BroadcastPlan = {
  readonly server: Server;
  readonly quick: boolean;
  /** How long one process is watched under a steady load; 0: not at all. */
  readonly soakMinutes: number;
};

export const broadcastMeasurements = ({ server, quick, soakMinutes }: BroadcastPlan): Measurement[] => {
  const small = quick
    ? { contacts: 240, blocked: 12, askers: ASKERS, perSecond: FREE_PER_SECOND }
    : { contacts: 600, blocked: 12, askers: ASKERS, perSecond: FREE_PER_SECOND };
  const killedAfterMs = quick ? 3 * SECOND_MS : 8 * SECOND_MS;
  const fault = installPeers();
  const peers = fault === undefined ? PEERS : [];
  const missing = fault === undefined ? [] : [informed('the other libraries', `left out: ${fault}`)];
  return [
    {
      name: 'broadcast: everybody reached',
      run: async () => [
        ...missing,
        ...(await withOurs({ server, crowd: small }, reachAll)),
        ...(await eachOf(peers, (peer) => peerReaches(peer, small))),
      ],
    },
    {
      name: 'broadcast: broken off',
      run: async () => [
        ...(await withOurs({ server, crowd: { ...small, blocked: 0 } }, (ours) =>
          breakOff(ours, killedAfterMs),
        )),
        ...(await eachOf(STEADY_PEER && fault === undefined ? [STEADY_PEER] : [], (peer) =>
          peerBrokenOff(peer, { crowd: { ...small, blocked: 0 }, killedAfterMs }),
        )),
      ],
    },
    {
      name: 'broadcast: a thousand a second',
      run: () =>
        withOurs(
          {
            server,
            crowd: { contacts: quick ? 4_000 : 25_000, blocked: 0, askers: 0, perSecond: PAID_PER_SECOND },
          },
          sendFast,
        ),
    },
    {
      name: 'broadcast: many people',
      run: () =>
        withOurs(
          {
            server,
            crowd: { contacts: quick ? 1_000 : 10_000, blocked: 0, askers: 0, perSecond: FREE_PER_SECOND },
          },
          sendLarge,
        ),
    },
    ...(soakMinutes > 0 ? [{ name: 'soak', run: () => soak(server, soakMinutes) }] : []),
  ];
};

/** One after the other: two at a time would slow each other down. */
const eachOf = async (peers: readonly Peer[], run: (peer: Peer) => Promise<Row>): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const peer of peers) rows.push(await run(peer));
  return rows;
};

const onceEach = (stage: Stage): number => stage.arrived().filter((times) => times === 1).length;
const twice = (stage: Stage): number =>
  stage.arrived().reduce((sum, times) => sum + Math.max(0, times - 1), 0);
const never = (stage: Stage): number => stage.arrived().filter((times) => times === 0).length;

const reachAll = async ({ stage, start, queue, sent }: Ours): Promise<Row[]> => {
  const { contacts, blocked, askers } = stage.crowd;
  await start();
  refuseSome(stage, REFUSED);
  await queue();
  const times = await askMeanwhile(stage);
  await sent(contacts * SECOND_MS);
  const { p50, p95 } = answerTimes(times);
  const { perSecond, seconds, waitedSeconds } = paceOf(stage.api.calls);
  const refused = stage.api.calls.filter((call) => call.refused === 429).length;
  return [
    exactly(
      `broadcast to ${contacts}, ${blocked} of them blocked, 30/s: reached once`,
      onceEach(stage),
      contacts - blocked,
    ),
    exactly('  calls while the platform said "wait"', callsWhileWaiting(stage.api.calls), 0),
    informed(
      '  answers "too many"; seconds in all, of them told to wait',
      `${refused}; ${seconds.toFixed(1)}, ${waitedSeconds.toFixed(1)}`,
    ),
    atLeast('  share of the allowed rate', perSecond / FREE_PER_SECOND, {
      target: SHARE_TARGET,
      unit: '',
      digits: 2,
    }),
    exactly('  balance questions answered meanwhile', times.length, askers),
    atMost('  p95 of those answers', p95, { target: ANSWER_MS_MAX, unit: ' ms' }),
    informed('  their median', `${p50.toFixed(0)} ms`),
  ];
};

const peerReaches = (peer: Peer, crowd: Crowd): Promise<Row> =>
  withPeer({ peer, crowd }, async ({ stage, send }) => {
    refuseSome(stage, REFUSED);
    const sending = send();
    const times = await askMeanwhile(stage);
    await sending;
    const { p50, p95 } = answerTimes(times);
    const { seconds } = paceOf(stage.api.calls.filter(({ params }) => params['text'] === TEXT));
    const meanwhile = `${callsWhileWaiting(stage.api.calls)} calls while told to wait; ${seconds.toFixed(1)} s`;
    const answers = `${times.length} answers, ${p50.toFixed(0)} / ${p95.toFixed(0)} ms`;
    return informed(`    ${peer.label}`, `${onceEach(stage)}; ${meanwhile}; ${answers}`);
  });

const breakOff = async ({ stage, start, queue, sent, inFlight }: Ours, afterMs: number): Promise<Row[]> => {
  const program = await start();
  await queue();
  await setTimeout(afterMs);
  await program.kill();
  const leased = await inFlight();
  const before = stage.arrived().filter((times) => times > 0).length;
  await start();
  await sent(stage.crowd.contacts * SECOND_MS + LEASE_MS);
  return [
    exactly(
      `broadcast to ${stage.crowd.contacts}, killed after ${afterMs / SECOND_MS} s (${before} sent), started again: never reached`,
      never(stage),
      0,
    ),
    atMost('  messages that came twice; at most what was leased', twice(stage), { target: leased, unit: '' }),
  ];
};

type Broken = { readonly crowd: Crowd; readonly killedAfterMs: number };

const peerBrokenOff = (peer: Peer, { crowd, killedAfterMs }: Broken): Promise<Row> =>
  withPeer({ peer, crowd }, async ({ stage, send, killAndRestart }) => {
    // Its loop ends with its process.
    void send().catch(() => undefined);
    await setTimeout(killedAfterMs);
    await killAndRestart();
    await setTimeout(killedAfterMs);
    return informed(`    ${peer.label}: never reached; twice`, `${never(stage)}; ${twice(stage)}`);
  });

const sendFast = async ({ stage, start, queue, sent }: Ours): Promise<Row[]> => {
  const worker = { PROCESS_ROLES: 'worker' };
  const programs = await Promise.all([start(worker), start(worker)]);
  const { contacts } = stage.crowd;
  const usedBefore = await processorSeconds(programs);
  await queue();
  await sent(contacts * SECOND_MS);
  const { seconds, perSecond } = paceOf(stage.api.calls);
  const used = ((await processorSeconds(programs)) - usedBefore) * SECOND_MS;
  return [
    atLeast(`1,000/s allowed, 2 processes, ${contacts} people: messages a second`, perSecond, {
      target: PAID_TARGET,
      unit: '/s',
    }),
    informed('  for seconds', seconds.toFixed(1)),
    informed('  processor time of the programs for each', `${(used / contacts).toFixed(2)} ms (${load()})`),
    exactly('  reached once', onceEach(stage), contacts),
    exactly('  calls while the platform said "wait"', callsWhileWaiting(stage.api.calls), 0),
  ];
};

/** Processor time that they have used so far, all together. */
const processorSeconds = async (programs: readonly Started[]): Promise<number> => {
  const metrics = await Promise.all(programs.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return metrics.reduce((sum, text) => sum + counterIn(text, 'comadre_process_cpu_seconds_total'), 0);
};

/** Each tenth message is refused once; a third of the way in, the last twenty say that they want no more. */
const sendLarge = async ({ stage, start, queue, sent }: Ours): Promise<Row[]> => {
  const { contacts } = stage.crowd;
  await start();
  refuseSome(stage, { every: 9, seconds: 1 });
  await queue();
  const leaving = stage.contacts.slice(-LEAVING);
  await setTimeout((contacts / FREE_PER_SECOND) * SECOND_MS * LEAVE_AFTER);
  for (const id of leaving) stage.api.person(id).says('BAJA');
  await sent(contacts * SECOND_MS);
  const { seconds, waitedSeconds } = paceOf(stage.api.calls);
  const staying = stage.arrived().slice(0, -LEAVING);
  const minutes = (seconds - waitedSeconds) / 60;
  return [
    exactly(
      `broadcast to ${contacts}, each tenth call refused for 1 s: lost`,
      staying.filter((times) => times === 0).length,
      0,
    ),
    exactly('  came twice', twice(stage), 0),
    exactly(
      '  came after BAJA',
      leaving.filter((id) =>
        stage.api
          .person(id)
          .inbox()
          .some(({ text }) => text.includes(TEXT)),
      ).length,
      0,
    ),
    atMost('  minutes, without those it was told to wait', minutes, {
      target: (6 * contacts) / 10_000,
      unit: '',
      digits: 2,
    }),
    informed('  minutes in all', ((seconds * SECOND_MS) / MINUTE_MS).toFixed(1)),
    exactly('  calls while the platform said "wait"', callsWhileWaiting(stage.api.calls), 0),
  ];
};

/** So many say BAJA while their message still waits. */
const LEAVING = 20;
const LEAVE_AFTER = 1 / 3;
