import { toDecimal } from '../../src/domain/money.ts';
import { type BooksReport, verifyBooks } from '../../src/store/verify-books.ts';
import { instantOf, programmeOf } from './transcript-programme.ts';
import { openWorld, type World } from './world.ts';

/**
 * Runs a dialogue written as text against the real program and gives it back as it really went. A transcript is right
 * when both are the same. The format is in docs/style.md.
 */
export const runTranscript = async (text: string): Promise<string> => {
  const { header, steps } = split(text);
  const world = await openWorld(programmeOf(header));
  const heard: Heard[] = [];
  const strangers = new Set<string>();
  for (const person of world.people) listen(world, heard, { address: person.id, name: first(person.name) });
  const out = [...header];
  const story: Story = { world, heard, strangers, entries: 0 };
  try {
    for (const step of steps) out.push(...(await take(story, step)));
    const books = await verifyBooks(world.database);
    if (books.faults.length > 0) out.push(`# the book is not right: ${faultsOf(books)}`);
  } finally {
    await world.close();
  }
  return `${out.join('\n').trimEnd()}\n`;
};

type Heard = {
  readonly name: string;
  readonly text: string;
  readonly choices: readonly { label: string; payload: string }[];
};

type Story = {
  readonly world: World;
  readonly heard: Heard[];
  readonly strangers: Set<string>;
  entries: number;
};

const faultsOf = (books: BooksReport) =>
  JSON.stringify(books.faults, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));

const first = (name: string) => name.split(' ')[0] ?? name;

/** The header ends at the first empty line. Lines of the bot and of the book are results: they are written anew. */
const split = (text: string) => {
  const lines = text.split('\n');
  const end = lines.indexOf('');
  const header = lines.slice(0, end);
  const steps = lines.slice(end).filter((line) => !line.startsWith('  '));
  return { header, steps };
};

const listen = (world: World, heard: Heard[], who: { address: string; name: string }) => {
  world.channel.subscribe(who.address, (message) => {
    if (message.from === 'bot') heard.push({ name: who.name, text: message.text, choices: message.choices });
  });
};

const take = async (story: Story, step: string): Promise<string[]> => {
  if (step.trim() === '' || step.startsWith('#')) return [step];
  if (step.startsWith('reloj ')) {
    story.world.now = instantOf(step.slice(6));
    return [step];
  }
  if (step === 'minuto') {
    await story.world.app.tick();
    return [step, ...(await answers(story, ''))];
  }
  if (step === 'libro:') return [step, ...(await entriesSince(story))];
  const said = /^(.+?)(?: (oprime|manda|edita))?: (.*)$/.exec(step);
  if (!said) throw new Error(`a transcript line that is neither said nor known: ${step}`);
  const [, name = '', how, words = ''] = said;
  await speak(story, { name, how, words });
  return [step, ...(await answers(story, name))];
};

const speak = async (
  { world, heard, strangers }: Story,
  { name, how, words }: { name: string; how: string | undefined; words: string },
) => {
  const known = world.people.find((p) => p.name === name || first(p.name) === name);
  const address = known?.id ?? `nueva-${name}`;
  if (!known && !strangers.has(name)) {
    strangers.add(name);
    listen(world, heard, { address, name });
  }
  const text = words.replace(
    /\{código ([^}]+)\}/g,
    (_, of: string) => world.codes.get(of) ?? `no code of ${of}`,
  );
  if (how === 'manda') {
    const kind = { voz: 'voice', foto: 'image', archivo: 'document' }[words] ?? 'other';
    await world.channel.post({ address, body: { type: 'unread', kind: kind as 'voice' } });
  } else if (how === 'edita') {
    await world.channel.post({ address, body: { type: 'unread', kind: 'edited' } });
  } else if (how === 'oprime') {
    const choice = world.channel
      .history(address)
      .toReversed()
      .flatMap((m) => m.choices)
      .find((c) => c.label === words);
    await world.channel.post({ address, body: { type: 'button', payload: choice?.payload ?? words } });
  } else if (text === '/start' || text.startsWith('/start ')) {
    const code = text.slice(7).trim();
    await world.channel.post({ address, body: code ? { type: 'start', code } : { type: 'start' } });
  } else {
    await world.channel.post({ address, body: { type: 'text', text } });
  }
};

/** What everybody heard: first the speaker, then the others in the order of the group. */
const answers = async (story: Story, speaker: string): Promise<string[]> => {
  const { world, heard } = story;
  await world.app.delivery.idle();
  const waits = await hurryDelayed(world);
  await world.app.delivery.idle();
  const rank = (name: string) => {
    if (name === first(speaker) || name === speaker) return -1;
    return world.people.findIndex((p) => first(p.name) === name);
  };
  const all = heard.splice(0).toSorted((a, b) => rank(a.name) - rank(b.name));
  return [
    ...(waits > 0 ? [`  (tarda ${waits} s)`] : []),
    ...all.flatMap((message) => bubble(message, rank(message.name) === -1)),
  ];
};

/** A reply that was put off on purpose: how long, and not waited for. */
const hurryDelayed = async (world: World): Promise<number> => {
  const { rows } = await world.store.pool.query<{ seconds: string | null }>(
    `select round(extract(epoch from max(not_before - created_at))) as seconds
       from outbox where state = 'queued' and not_before > now()`,
  );
  const seconds = Number(rows[0]?.seconds ?? 0);
  if (seconds > 0) {
    await world.store.pool.query(`update outbox set not_before = now() where state = 'queued'`);
    world.app.delivery.wake();
  }
  return seconds;
};

/** The check words are made of ids, which are other ones in every run. */
const CHECK_WORDS = /(Palabras de hoy|Today's words): [^.]+\./;

const bubble = ({ name, text: said, choices }: Heard, own: boolean): string[] => {
  const text = said.replace(CHECK_WORDS, '$1: (cuatro palabras).');
  const [head = '', ...rest] = text.split('\n');
  const labels = choices.map((c) => `[${c.label}]`).join(' ');
  return [
    `  ${own ? 'bot' : `bot → ${name}`}: ${head}`,
    ...rest.map((line) => `       ${line}`),
    ...(labels ? [`       ${labels}`] : []),
  ];
};

const entriesSince = async (story: Story): Promise<string[]> => {
  const { world } = story;
  const { rows } = await world.store.pool.query<{
    seq: string;
    kind: string;
    on: string;
    debit: string;
    credit: string;
    amount: string;
  }>(
    `select e.seq, e.kind, e.occurred_on as on, p.debit, p.credit, p.amount_minor as amount
       from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
      where e.seq > $1 order by e.group_id, e.seq, p.n`,
    [story.entries],
  );
  story.entries = rows.reduce((most, row) => Math.max(most, Number(row.seq)), story.entries);
  return rows.map((row) => {
    const amount = toDecimal(BigInt(row.amount)).padStart(10);
    return `  ${row.seq.padStart(3)} ${row.on} ${row.kind.padEnd(9)}${amount}  ${named(world, row.debit)} ← ${named(world, row.credit)}`;
  });
};

/** Accounts by the names of their members, so that people can read the book. */
const named = (world: World, account: string): string => {
  const [kind, id = ''] = account.split('/');
  const person = world.people.find((p) => p.id === id);
  if (person) return `${kind}/${first(person.name)}`;
  return kind === 'loan' || kind === 'interest' ? kind : account;
};
