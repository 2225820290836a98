/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { showGone } from './bubble-file.js';
import { addBubble, changeBubble } from './bubbles.js';
import { daysIn } from './days.js';
import { fillPicker } from './picker.js';
import { sender } from './sender.js';
import { listenToWriting } from './writing.js';

const NEAR_THE_END_PX = 160;
/** What a telephone shows of a message while it is locked. */
const PREVIEW_CHARS = 40;

/** One phone: whose it is, its conversation and its keyboard. It speaks for one address at a time. */
export class Phone {
  #root;
  #words;
  #chips;
  #changed;
  #now;
  #days;
  #people = [];
  #seen = new Set();
  #stream;
  #sender = sender((failed) => this.#showProblem(failed));
  #caughtUp = false;
  #isAtEnd = true;
  #unread = 0;

  /** @param {{ words: Map<string, string>, chips: (role: string) => string[], now: () => Date, changed: () => void, closed: () => void }} options */
  constructor({ words, chips, now, changed, closed }) {
    this.#root = document.getElementById('phone').content.cloneNode(true).querySelector('.phone');
    this.#words = words;
    this.#chips = chips;
    this.#now = now;
    this.#changed = changed;
    const onClick = (selector, act) => this.#part(selector).addEventListener('click', act);
    listenToWriting({
      root: this.#root,
      onText: (text) => this.#send({ text }),
      onFile: (file, caption) => this.#sender.file(this.address, file, caption),
    });
    this.#part('.picker').addEventListener('change', ({ target }) => this.open(target.value || newAddress()));
    onClick('.start-telegram', () => this.#send({ start: true }));
    onClick('.start-whatsapp', () => this.#send({ text: words.get('hello') }));
    onClick('.problem button', () => this.#sender.again());
    onClick('.preview button', () => this.#showPreview());
    onClick('.close', closed);
    for (const event of ['focusin', 'pointerdown']) this.#root.addEventListener(event, () => this.markRead());
    this.#part('.chat').addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.#part('.chat');
      this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
    });
    new ResizeObserver(() => this.#isAtEnd && this.#toEnd()).observe(this.#part('.chat'));
  }

  get root() {
    return this.#root;
  }

  get unread() {
    return this.#unread;
  }

  get person() {
    const known = this.#people.find(({ address }) => address === this.address);
    if (known) return known;
    const name = `${this.#words.get('nobody-name')} (${this.address})`;
    return { address: this.address, name, role: 'nobody', group: '', note: '', suggestions: [] };
  }

  /** What the clock says where she lives. */
  get nowInWords() {
    return this.#days?.nowInWords() ?? '';
  }

  setPeople(people) {
    this.#people = people;
  }

  /** Becomes the phone of this address: another conversation, heard from its beginning. */
  open(address) {
    this.address = address;
    const { name, role, group, note, timeZone } = this.person;
    this.#days = daysIn({ zone: timeZone ?? undefined, now: this.#now, words: this.#words });
    fillPicker(this.#part('.picker'), { people: this.#people, person: this.person, words: this.#words });
    this.#part('.avatar').textContent = initials(name);
    this.#part('.note').textContent = note;
    this.#part('.note').hidden = note === '';
    this.#part('.empty-who').textContent = [name, this.#words.get(`role-${role}`), group]
      .filter(Boolean)
      .join(' · ');
    this.#part('.bubbles').replaceChildren();
    for (const selector of ['.bubbles', 'textarea']) {
      this.#part(selector).setAttribute('aria-label', `${this.#words.get('chat-with')} ${name}`);
    }
    this.#root.setAttribute('aria-label', name);
    delete this.#part('.bubbles').dataset.lastDay;
    this.#part('.empty').hidden = false;
    this.#sender.forget();
    this.#showPreview();
    this.#fillChips();
    this.#seen.clear();
    this.#caughtUp = false;
    this.markRead();
    this.listen();
    this.#changed();
  }

  /** Opens the stream of messages. What was already seen is not shown again. */
  listen() {
    this.stopListening();
    const stream = new EventSource(`/simulator/${encodeURIComponent(this.address)}/events`);
    this.#stream = stream;
    this.#part('.bubbles').setAttribute('aria-live', this.#caughtUp ? 'polite' : 'off');
    const on = (event, act) => stream.addEventListener(event, ({ data }) => act(data && JSON.parse(data)));
    on('message', (message) => this.#show(message));
    on('edited', (message) => this.#change(message));
    on('erased', ({ id }) => this.#bubble(id)?.remove());
    on('file-gone', ({ id }) => this.#fileGone(id));
    on('open', () => this.#showState('online'));
    on('error', () => this.#showState('offline'));
    on('ready', (there) => {
      this.#dropWhatIsGone(there);
      this.#caughtUp = true;
      this.#part('.bubbles').setAttribute('aria-live', 'polite');
    });
  }

  stopListening() {
    this.#stream?.close();
  }

  markRead() {
    this.#unread = 0;
    showBadge(this.#part('.badge'), 0, this.#words);
    this.#changed();
  }

  clockMoved() {
    this.#days.refresh(this.#part('.bubbles'));
  }

  #part(selector) {
    return this.#root.querySelector(selector);
  }

  #bubble(id) {
    return this.#part(`.bubble[data-id="${CSS.escape(id)}"]`);
  }

  #fileGone(id) {
    const holder = this.#bubble(id)?.querySelector('.file');
    if (holder) showGone(holder, this.#words);
  }

  /** While this page was away: messages taken back, files that made room. */
  #dropWhatIsGone({ kept, filesGone }) {
    for (const bubble of this.#root.querySelectorAll('.bubble')) {
      if (!kept.includes(bubble.dataset.id)) bubble.remove();
    }
    for (const id of filesGone) this.#fileGone(id);
  }

  #showState(word) {
    this.#part('.state').textContent = this.#words.get(word);
    this.#root.classList.toggle('offline', word === 'offline');
  }

  #show(message) {
    if (this.#seen.has(message.id)) return;
    this.#seen.add(message.id);
    const toEnd = this.#isAtEnd || message.from === 'person' || !this.#caughtUp;
    this.#part('.empty').hidden = true;
    addBubble(this.#part('.bubbles'), {
      message,
      days: this.#days,
      words: this.#words,
      fileUrl: (id) => `/simulator/${encodeURIComponent(this.address)}/files/${encodeURIComponent(id)}`,
      onPress: this.#press,
      onGrown: () => toEnd && this.#toEnd(),
    });
    if (this.#caughtUp && message.from === 'bot') this.#arrived(message);
    if (toEnd) this.#toEnd();
  }

  #press = (payload) => this.#send({ payload });

  /** A message says other words: nothing new has come, so nothing rings. */
  #change(message) {
    const bubble = this.#bubble(message.id);
    if (bubble) changeBubble(bubble, message, this.#press);
  }

  #toEnd() {
    const chat = this.#part('.chat');
    chat.scrollTop = chat.scrollHeight;
  }

  #arrived(message) {
    if (message.unasked) this.#showPreview(message.text);
    const isElsewhere = !this.#root.classList.contains('active') || document.hidden;
    if (!isElsewhere) return;
    this.#unread += 1;
    showBadge(this.#part('.badge'), this.#unread, this.#words);
    this.#changed();
  }

  /** What others read on her locked telephone when nobody was writing; nothing when there is no text. */
  #showPreview(text = '') {
    const letters = Array.from(text.replaceAll(/\s+/g, ' '));
    const shown = letters.slice(0, PREVIEW_CHARS).join('');
    this.#part('.preview').hidden = shown === '';
    this.#part('.preview q').textContent = letters.length > PREVIEW_CHARS ? `${shown}…` : shown;
  }

  #send(body) {
    this.#showPreview();
    const onPage = document.body.dataset.look === 'whatsapp';
    this.#sender.say(this.address, { ...body, ...(onPage && { onPage }) });
  }

  #showProblem(failed) {
    this.#part('.problem').hidden = failed.length === 0;
    this.#part('.problem q').textContent = failed.map(({ shown }) => shown).join(' · ');
  }

  #fillChips() {
    const { role, suggestions } = this.person;
    const texts = suggestions.length > 0 ? suggestions : this.#chips(role);
    this.#part('.chips').replaceChildren(
      ...texts.map((text) => {
        const chip = document.createElement('button');
        chip.type = 'button';
        chip.textContent = text;
        chip.addEventListener('click', () => this.#send({ text }));
        return chip;
      }),
    );
  }
}

/** Shows a number, or nothing for zero. */
export function showBadge(badge, count, words) {
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.setAttribute('aria-label', `${count} ${words.get('unread')}`);
}

const newAddress = () => `nueva-${crypto.randomUUID().slice(0, 4)}`;

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
