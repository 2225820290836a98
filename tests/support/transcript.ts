import { botLines, EDITED, ERASED, LINE_BREAK, textWithFile } from '../../src/app/save-transcript.ts';
import type { OutgoingFile } from '../../src/channels/channel.ts';
import type { IncomingBody, MediaKind } from '../../src/conversation/message.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { jpegOf } from './pictures.ts';
import { typePin } from './pin.ts';
import { buttonFor } from './scene.ts';
import { balancesNow, entriesAfter, faultsOf } from './transcript-book.ts';
import { instantOf, programmeOf } from './transcript-programme.ts';
import { PROGRAM, voiceNote } from './voice-note.ts';
import { openWorld, type World } from './world.ts';

/**
 * Runs a dialogue written as text against the real program and gives it back as it really went. A transcript is right
 * when both are the same. The format is in docs/style.md.
 */
export const runTranscript = async (text: string): Promise<string> => {
  const { header, steps } = split(text);
  const programme = programmeOf(header);
  const world = await openWorld(programme);
  const heard: Heard[] = [];
  const strangers = new Set<string>();
  for (const person of world.people) listen(world, heard, { address: person.id, name: first(person.name) });
  const out = [...header];
  const onPage = programme.onPage ?? (() => false);
  const story: Story = { world, heard, strangers, onPage, entries: 0, inShort: false };
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
  readonly onPage: (person: string) => boolean;
  entries: number;
  /** Since the line "en corto": notices to several people that are alike are shown once, and the rest named. */
  inShort: boolean;
};

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
    if (message.from !== 'bot') return;
    heard.push({ name: who.name, text: textWithFile(message), choices: message.choices });
  });
  world.channel.watch(who.address, (change) => {
    if (change.type === 'erased') heard.push({ name: who.name, text: ERASED, choices: [] });
    if (change.type === 'edited') {
      const { text, choices } = change.message;
      heard.push({ name: who.name, text: `${EDITED}\n${text}`, choices });
    }
  });
};

const take = async (story: Story, step: string): Promise<string[]> => {
  if (step.trim() === '' || step.startsWith('#')) return [step];
  if (step.startsWith('reloj ')) {
    story.world.now = instantOf(step.slice(6));
    return [step];
  }
  const silence = /^(\S+) calla (\d+) días$/.exec(step);
  if (silence) {
    await silent(story.world, silence[1] ?? '', Number(silence[2]));
    return [step];
  }
  if (step === 'minuto') {
    await story.world.app.tick();
    return [step, ...(await answers(story, ''))];
  }
  if (step === 'libro:') {
    const { lines, last } = await entriesAfter(story.world, story.entries);
    story.entries = last;
    return [step, ...lines];
  }
  if (step === 'saldos:') return [step, ...(await balancesNow(story.world))];
  if (step === 'en corto' || step === 'completo') {
    story.inShort = step === 'en corto';
    return [step];
  }
  const said = /^(.+?)(?: (oprime|manda|reenvía|edita|cambia|teclea))?: (.*)$/.exec(step);
  if (!said) throw new Error(`a transcript line that is neither said nor known: ${step}`);
  const [, name = '', how, words = ''] = said;
  await speak(story, { name, how, words });
  return [step, ...(await answers(story, name))];
};

const speak = async (
  { world, heard, strangers, onPage }: Story,
  { name, how, words }: { name: string; how: string | undefined; words: string },
) => {
  const known = world.people.find((p) => p.name === name || first(p.name) === name);
  const address = known?.id ?? `nueva-${name}`;
  if (!known && !strangers.has(name)) {
    strangers.add(name);
    listen(world, heard, { address, name });
  }
  const text = words
    .replace(/\{código ([^}]+)\}/g, (_, of: string) => world.codes.get(of) ?? `no code of ${of}`)
    .replaceAll(LINE_BREAK, '\n');
  const page = known && onPage(known.name) ? ({ onPage: true } as const) : {};
  const file = how === 'manda' ? fileCalled(words) : undefined;
  if (how === 'reenvía') {
    await forward(world, address, text);
  } else if (file) {
    await world.channel.postFile({ address, file });
  } else if (how === 'manda' && /^(?:su|otro) número /.test(words)) {
    const phone = words.replace(/^\S+ número /, '');
    await world.channel.post({ address, body: { type: 'contact', phone, own: words.startsWith('su ') } });
  } else if (how === 'manda') {
    const kind = { voz: 'voice', foto: 'image', archivo: 'document', video: 'video' }[words];
    const body: IncomingBody =
      words === 'voz de 60 MB'
        ? { type: 'media', kind: 'voice', ref: words, size: 60 * 1024 * 1024 }
        : kind
          ? { type: 'media', kind: kind as MediaKind, ref: words }
          : { type: 'unread', kind: 'other' };
    await world.channel.post({ address, body });
  } else if (how === 'teclea') {
    await typePin(world, address, words, () => {
      heard.length = 0;
    });
  } else if (how === 'cambia') {
    await world.channel.post({ address, body: { type: 'moved' } });
  } else if (how === 'edita') {
    await world.channel.post({ address, body: { type: 'unread', kind: 'edited' } });
  } else if (how === 'oprime') {
    const choice = world.channel
      .history(address)
      .toReversed()
      .flatMap((m) => m.choices)
      .find((c) => c.label === words);
    const body = choice
      ? { type: 'button' as const, payload: choice.payload }
      : await buttonFor(world, name, words);
    await world.channel.post({ address, body, ...page });
  } else if (text === '/start' || text.startsWith('/start ')) {
    const code = text.slice(7).trim();
    await world.channel.post({ address, body: code ? { type: 'start', code } : { type: 'start' } });
  } else {
    await world.channel.post({ address, body: { type: 'text', text }, ...page });
  }
};

/** Passes on words, a card, or a picture with words under it: "foto «Así quedó»". */
const forward = async ({ channel }: World, address: string, text: string): Promise<void> => {
  const forwarded = true;
  const caption = /^foto «(.+)»$/.exec(text)?.[1];
  const phone = /^su número (.+)$/.exec(text)?.[1];
  if (caption !== undefined) {
    const bytes = jpegOf({ width: 640, height: 480 });
    const file = { kind: 'image', name: 'foto.jpg', mime: 'image/jpeg', bytes } as const;
    await channel.postFile({ address, file, caption, forwarded });
  } else if (phone !== undefined) {
    await channel.post({ address, body: { type: 'contact', phone, own: true }, forwarded });
  } else {
    await channel.post({ address, body: { type: 'text', text }, forwarded });
  }
};

/** Files with something in them: "voz de 40 segundos", "voz cortada", and a program that is called a voice note. */
const fileCalled = (words: string): OutgoingFile | undefined => {
  const voice = { kind: 'voice', name: 'nota.ogg', mime: 'audio/ogg' } as const;
  const seconds = /^voz de (\d+) segundos?$/.exec(words)?.[1];
  if (seconds) return { ...voice, bytes: voiceNote(Number(seconds)) };
  if (words === 'voz cortada') return { ...voice, bytes: voiceNote(30).subarray(0, -100) };
  return words === 'programa llamado nota.ogg' ? { ...voice, bytes: PROGRAM } : undefined;
};

/** So long nothing was heard from her telephones, by the clock of the database, which the line "reloj" does not set. */
const silent = async (world: World, name: string, days: number): Promise<void> => {
  await world.store.pool.query(
    `update address a set spoke_at = now() - make_interval(days => $2) from member_address ma where ma.address_id = a.id and ma.member_id = $1`,
    [world.person(name).id, days],
  );
};

/** What everybody heard: first the speaker, then the others in the order of the group. */
const answers = async (story: Story, speaker: string): Promise<string[]> => {
  const { world, heard } = story;
  await world.app.settle();
  const waits = await hurryDelayed(world);
  await world.app.settle();
  const rank = (name: string) => {
    if (name === first(speaker) || name === speaker) return -1;
    const seat = world.people.findIndex((p) => first(p.name) === name);
    return seat < 0 ? world.people.length : seat;
  };
  const all = heard.splice(0).toSorted((a, b) => rank(a.name) - rank(b.name));
  const own = all.filter((message) => rank(message.name) === -1);
  const others = all.filter((message) => rank(message.name) !== -1);
  return [
    ...(waits > 0 ? [`  (tarda ${waits} s)`] : []),
    ...own.flatMap((message) => bubble(message, true)),
    ...(story.inShort ? inShort(world, others) : others.flatMap((message) => bubble(message, false))),
  ];
};

/** What went to several people in the same words but for names and figures: the first of them, and who else had it. */
const inShort = (world: World, others: readonly Heard[]): string[] => {
  const names = [...world.people, ...others].flatMap(({ name }) => [name, first(name)]);
  const alike = new Map<string, Heard[]>();
  for (const message of others) {
    const shape = shapeOf(message, names);
    alike.set(shape, [...(alike.get(shape) ?? []), message]);
  }
  return [...alike.values()].flatMap(([one, ...more]) => [
    ...(one ? bubble(one, false) : []),
    ...(more.length > 0
      ? [`  (así también a ${more.length}: ${more.map(({ name }) => name).join(', ')})`]
      : []),
  ]);
};

/** A message without its names, its figures, and the amounts in words that stand in brackets. */
const shapeOf = ({ text, choices }: Heard, names: readonly string[]): string =>
  names
    .reduce((all, name) => all.replaceAll(name, '…'), `${text}|${choices.map((c) => c.label).join('|')}`)
    .replaceAll(/ \([^)]*\)/g, '')
    .replaceAll(/[\d.,]+/g, '#');

/** A reply that was put off on purpose: how long, and not waited for. */
const hurryDelayed = async (world: World): Promise<number> => {
  const { rows } = await world.store.pool.query<{ seconds: string | null; waits: boolean }>(
    `select round(extract(epoch from max(not_before - created_at) filter (where reason is distinct from 'quiet'))) as seconds,
            count(*) > 0 as waits
       from outbox where state = 'queued' and not_before > now()`,
  );
  const seconds = Number(rows[0]?.seconds ?? 0);
  if (rows[0]?.waits) {
    await world.store.pool.query(`update outbox set not_before = now() where state = 'queued'`);
    world.app.delivery.wake();
  }
  return seconds;
};

const bubble = (heard: Heard, own: boolean): string[] => botLines(heard, own ? undefined : heard.name);
