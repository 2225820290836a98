/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { simulatedNow, startClock } from './clock.js';
import { Phone, showBadge } from './phone.js';
import { remember, remembered } from './remember.js';

/** The page: its phones side by side (or one and tabs), its look, its theme and its clock. */

const SIDES = ['left', 'right', 'third', 'fourth'];
const PHONES_AT_FIRST = 2;
/** Narrower, a phone is too thin to read: then there is one, and tabs. */
const PHONE_WIDTH_MIN = 300;
const MARGIN = 60;

const wordElements = [...document.getElementById('words').content.children];
const words = new Map(wordElements.map((element) => [element.dataset.word, element.textContent]));
const chips = (role) => {
  const kind = ['member', 'staff', 'nobody'].includes(role) ? role : 'leader';
  return wordElements
    .filter((element) => element.dataset.chip === kind)
    .map(({ textContent }) => textContent);
};

const main = document.querySelector('.phones');
const tabs = document.querySelector('.tabs');
const isDark = window.matchMedia('(prefers-color-scheme: dark)');
let people = [];
let phones = [];
let active;
let showNow = () => undefined;

function activate(phone) {
  active = phone;
  for (const one of phones) one.root.classList.toggle('active', one === phone);
  [...tabs.children].forEach((tab, at) => tab.setAttribute('aria-pressed', String(phones[at] === phone)));
  phone.markRead();
  showNow();
}

/** Names and unread counts on the tabs, the count in the title, the open phones in the address bar. */
function showState() {
  if (phones.some(({ address }) => address === undefined)) return;
  phones.forEach((phone, at) => {
    const tab = tabs.children[at];
    if (!tab) return;
    tab.querySelector('.tab-name').textContent =
      `${phone.person.name.split(' ')[0]} · ${words.get(`role-${phone.person.role}`)}`;
    showBadge(tab.querySelector('.badge'), phone.unread, words);
  });
  const unread = phones.reduce((sum, phone) => sum + phone.unread, 0);
  const title = document.title.replace(/^\(\d+\) /, '');
  document.title = unread > 0 ? `(${unread}) ${title}` : title;
  remember(Object.fromEntries(SIDES.map((side, at) => [side, phones[at]?.address])));
  showNow();
}

/** After a phone came or went: sides, tabs, and whether they fit beside each other. */
function arrange() {
  tabs.replaceChildren(
    ...phones.map((phone, at) => {
      phone.root.dataset.side = SIDES[at];
      phone.root.querySelector('.close').hidden = phones.length === 1;
      const tab = document.getElementById('tab').content.cloneNode(true).querySelector('.tab');
      tab.addEventListener('click', () => activate(phone));
      return tab;
    }),
  );
  main.dataset.count = phones.length;
  document.getElementById('add-phone').hidden = phones.length === SIDES.length;
  fit();
  activate(phones.includes(active) ? active : phones[0]);
}

const fit = () =>
  document.body.classList.toggle('one-at-a-time', innerWidth < phones.length * PHONE_WIDTH_MIN + MARGIN);

function addPhone(address) {
  const phone = new Phone({
    words,
    chips,
    now: simulatedNow,
    changed: showState,
    closed: () => removePhone(phone),
  });
  phone.setPeople(people);
  for (const event of ['focusin', 'pointerdown']) phone.root.addEventListener(event, () => activate(phone));
  phones.push(phone);
  main.append(phone.root);
  arrange();
  phone.open(address);
  return phone;
}

function removePhone(phone) {
  phone.stopListening();
  phone.root.remove();
  phones = phones.filter((one) => one !== phone);
  arrange();
  showState();
  active.root.querySelector('.picker').focus();
}

/** Somebody of the group on the screen whose phone is not there yet. */
function nextPerson() {
  const isFree = ({ address }) => phones.every((phone) => phone.address !== address);
  const { group } = active.person;
  return (people.find((person) => isFree(person) && person.group === group) ?? people.find(isFree))?.address;
}

function setLook(look) {
  document.body.dataset.look = look;
  document.querySelector(`input[name="look"][value="${look}"]`).checked = true;
}

/** Until the button decides, the computer's own theme. */
function setTheme(theme) {
  const dark = theme === 'dark' || (theme !== 'light' && isDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.getElementById('theme').setAttribute('aria-pressed', String(dark));
}

function listenToTop() {
  document.querySelector('.look').addEventListener('change', ({ target }) => {
    setLook(target.value);
    remember({ look: target.value });
  });
  document.getElementById('theme').addEventListener('click', ({ currentTarget }) => {
    const theme = currentTarget.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    setTheme(theme);
    remember({ theme });
  });
  document.getElementById('tools-button').addEventListener('click', ({ currentTarget }) => {
    const isOpen = document.body.classList.toggle('tools-open');
    currentTarget.setAttribute('aria-expanded', String(isOpen));
  });
  isDark.addEventListener('change', () => setTheme(remembered('theme')));
}

function listenToPhones() {
  document.getElementById('add-phone').addEventListener('click', () => {
    const phone = addPhone(nextPerson() ?? `nueva-${phones.length + 1}`);
    activate(phone);
    phone.root.querySelector('.picker').focus();
  });
  addEventListener('resize', fit);
  // A browser opens few connections to one place: a tab nobody looks at gives its own back.
  document.addEventListener('visibilitychange', () => {
    for (const phone of phones) {
      if (document.hidden) phone.stopListening();
      else phone.listen();
    }
  });
}

async function begin() {
  setLook(remembered('look') === 'whatsapp' ? 'whatsapp' : 'telegram');
  setTheme(remembered('theme'));
  listenToTop();
  const answer = await fetch('/simulator/people').catch(() => undefined);
  const listed = answer?.ok ? await answer.json() : undefined;
  document.getElementById('fault').hidden = listed !== undefined;
  if (listed === undefined) return;

  people = listed;
  showNow = await startClock({
    active: () => active,
    moved: () => phones.forEach((phone) => phone.clockMoved()),
  });
  const leader = people.find(({ role }) => role !== 'member')?.address ?? people[0]?.address ?? 'nueva-1';
  const member = people.find(({ role }) => role === 'member')?.address ?? people[1]?.address ?? 'nueva-2';
  const first = [leader, member];
  SIDES.map((side, at) => remembered(side) ?? (at < PHONES_AT_FIRST ? first[at] : undefined))
    .filter(Boolean)
    .forEach(addPhone);
  activate(phones[0]);
  listenToPhones();
}

await begin();
