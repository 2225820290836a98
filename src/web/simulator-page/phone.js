/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { addBubble } from './bubbles.js';

const NEAR_THE_END_PX = 160;

/** One phone: whose it is, its conversation and its keyboard. It speaks for one address at a time. */
export class Phone {
  #root;
  #words;
  #chips;
  #changed;
  #people = [];
  #seen = new Set();
  #stream;
  #sending = Promise.resolve();
  #failed = [];
  #caughtUp = false;
  #unread = 0;

  /** @param {{ side: string, words: Map<string, string>, chips: (role: string) => string[], changed: () => void }} options */
  constructor({ side, words, chips, changed }) {
    this.#root = document.getElementById('phone').content.cloneNode(true).querySelector('.phone');
    this.#root.dataset.side = side;
    this.#words = words;
    this.#chips = chips;
    this.#changed = changed;
    this.#listenToKeyboard();
    this.#part('.picker').addEventListener('change', ({ target }) => this.open(target.value || newAddress()));
    this.#part('.start-telegram').addEventListener('click', () => this.#send({ start: true }));
    this.#part('.start-whatsapp').addEventListener('click', () => this.#send({ text: words.get('hello') }));
    this.#part('.problem button').addEventListener('click', () => {
      for (const message of this.#failed.splice(0)) this.#enqueue(message);
    });
    for (const event of ['focusin', 'pointerdown']) this.#root.addEventListener(event, () => this.markRead());
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

  setPeople(people) {
    this.#people = people;
  }

  /** Becomes the phone of this address: another conversation, heard from its beginning. */
  open(address) {
    this.address = address;
    const { name, role, group, note } = this.person;
    this.#fillPicker();
    this.#part('.avatar').textContent = initials(name);
    this.#part('.note').textContent = note;
    this.#part('.note').title = note;
    this.#part('.empty-who').textContent = [name, this.#words.get(`role-${role}`), group]
      .filter(Boolean)
      .join(' · ');
    this.#part('.bubbles').replaceChildren();
    this.#part('.bubbles').setAttribute('aria-label', `${this.#words.get('chat-with')} ${name}`);
    this.#part('textarea').setAttribute('aria-label', `${this.#words.get('chat-with')} ${name}`);
    this.#root.setAttribute('aria-label', name);
    delete this.#part('.bubbles').dataset.lastDay;
    this.#part('.empty').hidden = false;
    this.#failed = [];
    this.#showProblem();
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
    stream.addEventListener('message', ({ data }) => this.#show(JSON.parse(data)));
    stream.addEventListener('open', () => this.#showState('online'));
    stream.addEventListener('error', () => this.#showState('offline'));
    stream.addEventListener('ready', () => {
      this.#caughtUp = true;
      this.#part('.bubbles').setAttribute('aria-live', 'polite');
    });
  }

  stopListening() {
    this.#stream?.close();
  }

  markRead() {
    this.#setUnread(0);
  }

  #part(selector) {
    return this.#root.querySelector(selector);
  }

  #showState(word) {
    this.#part('.state').textContent = this.#words.get(word);
    this.#root.classList.toggle('offline', word === 'offline');
  }

  #show(message) {
    if (this.#seen.has(message.id)) return;
    this.#seen.add(message.id);
    const chat = this.#part('.chat');
    const wasAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_THE_END_PX;
    this.#part('.empty').hidden = true;
    addBubble(this.#part('.bubbles'), {
      message,
      words: this.#words,
      onPress: (payload) => this.#send({ payload }),
    });
    if (wasAtEnd || message.from === 'person' || !this.#caughtUp) chat.scrollTop = chat.scrollHeight;
    const isElsewhere = !this.#root.classList.contains('active') || document.hidden;
    if (this.#caughtUp && message.from === 'bot' && isElsewhere) this.#setUnread(this.#unread + 1);
  }

  #setUnread(count) {
    this.#unread = count;
    showBadge(this.#part('.badge'), count, this.#words);
    this.#changed();
  }

  /** One after another, so that they arrive in the order they were written. */
  #send(body) {
    const url = `/simulator/${encodeURIComponent(this.address)}/messages`;
    this.#enqueue({ url, body: { ...body, messageId: crypto.randomUUID() } });
  }

  #enqueue(message) {
    this.#sending = this.#sending.then(() => this.#post(message));
  }

  async #post(message) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(message.url, {
      method: 'POST',
      headers,
      body: JSON.stringify(message.body),
    }).catch(() => undefined);
    if (answer?.ok !== true) this.#failed.push(message);
    this.#showProblem();
  }

  /** What was not kept is offered again, in the order it was written. */
  #showProblem() {
    this.#part('.problem').hidden = this.#failed.length === 0;
    this.#part('.problem q').textContent = this.#failed
      .map(({ body }) => body.text ?? body.payload ?? '/start')
      .join(' · ');
  }

  #listenToKeyboard() {
    const form = this.#part('.writing');
    const text = this.#part('textarea');
    const fit = () => {
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
    };
    text.addEventListener('input', fit);
    text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const written = text.value.trim();
      text.value = '';
      fit();
      text.focus();
      if (written !== '') this.#send({ text: written });
    });
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

  #fillPicker() {
    const picker = this.#part('.picker');
    const groups = [...new Set(this.#people.map(({ group }) => group))];
    const isKnown = this.#people.some(({ address }) => address === this.address);
    const option = ({ name, role, address }) =>
      new Option(`${name} · ${this.#words.get(`role-${role}`)}`, address);
    const section = (label, options) => {
      const element = document.createElement('optgroup');
      element.label = label;
      element.append(...options);
      return element;
    };
    picker.replaceChildren(
      ...groups.map((group) =>
        section(
          group || this.#words.get('nobody-group'),
          this.#people.filter((person) => person.group === group).map(option),
        ),
      ),
      section(this.#words.get('nobody-group'), [
        ...(isKnown ? [] : [new Option(this.person.name, this.address)]),
        new Option(this.#words.get('nobody-new'), ''),
      ]),
    );
    picker.value = this.address;
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
