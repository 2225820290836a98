import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Counts for operators: channels, outcomes and times; never a person or a group. */
export type Metrics = {
  readonly registry: Registry;
  readonly received: Counter<'channel' | 'outcome'>;
  readonly answerSeconds: Histogram<'channel'>;
  readonly sent: Counter<'channel' | 'outcome'>;
  readonly statuses: Counter<'channel' | 'state'>;
  readonly reminders: Counter<'outcome'>;
  readonly faultyBooks: Gauge;
  readonly refusedButtons: Counter<'channel'>;
  readonly codePauses: Counter;
};

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'comadre_' });
  const registers = [registry];
  return {
    registry,
    received: new Counter({
      name: 'comadre_messages_received_total',
      help: 'Messages that came in, by channel and what became of them.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    answerSeconds: new Histogram({
      name: 'comadre_answer_seconds',
      help: 'From a message coming in to its answer being committed.',
      labelNames: ['channel'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    sent: new Counter({
      name: 'comadre_messages_sent_total',
      help: 'Messages handed to a channel, by what the channel answered.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    statuses: new Counter({
      name: 'comadre_message_statuses_total',
      help: 'What platforms said became of messages that went out.',
      labelNames: ['channel', 'state'],
      registers,
    }),
    faultyBooks: new Gauge({
      name: 'comadre_faulty_books',
      help: 'Books that the last check found wrong: above zero, look at once.',
      registers,
    }),
    refusedButtons: new Counter({
      name: 'comadre_refused_buttons_total',
      help: 'Presses of buttons that were not given to whoever pressed them: made up, changed, or of somebody else.',
      labelNames: ['channel'],
      registers,
    }),
    codePauses: new Counter({
      name: 'comadre_code_pauses_total',
      help: 'Hours in which no invitation code is looked up, because too many were wrong: somebody guesses.',
      registers,
    }),
    reminders: new Counter({
      name: 'comadre_reminder_occurrences_total',
      help: 'Weekly reminder occurrences planned or skipped.',
      labelNames: ['outcome'],
      registers,
    }),
  };
};
