/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { Phone, showBadge } from './phone.js';

/** The page: two phones side by side (or one and tabs), its look and its theme. The address bar remembers all of it. */

const SIDES = ['left', 'right'];
const wordElements = [...document.getElementById('words').content.children];
const words = new Map(wordElements.map((element) => [element.dataset.word, element.textContent]));
const chips = (role) => {
  const kind = role === 'member' || role === 'nobody' ? role : 'leader';
  return wordElements
    .filter((element) => element.dataset.chip === kind)
    .map(({ textContent }) => textContent);
};

const main = document.querySelector('.phones');
const isDark = window.matchMedia('(prefers-color-scheme: dark)');
const asked = new URLSearchParams(location.search);
const phones = SIDES.map((side) => new Phone({ side, words, chips, changed: () => showState() }));
const tabs = SIDES.map((side, index) => {
  const tab = document.getElementById('tab').content.cloneNode(true).querySelector('.tab');
  tab.addEventListener('click', () => activate(index));
  return tab;
});

function activate(index) {
  main.dataset.active = SIDES[index];
  phones.forEach((phone, at) => phone.root.classList.toggle('active', at === index));
  tabs.forEach((tab, at) => tab.setAttribute('aria-pressed', String(at === index)));
  phones[index].markRead();
}

/** Names and unread counts on the tabs, the count in the title, the open phones in the address bar. */
function showState() {
  if (phones.some(({ address }) => address === undefined)) return;
  phones.forEach((phone, at) => {
    tabs[at].querySelector('.tab-name').textContent =
      `${phone.person.name.split(' ')[0]} · ${words.get(`role-${phone.person.role}`)}`;
    showBadge(tabs[at].querySelector('.badge'), phone.unread, words);
    asked.set(SIDES[at], phone.address);
  });
  const unread = phones.reduce((sum, phone) => sum + phone.unread, 0);
  const title = document.title.replace(/^\(\d+\) /, '');
  document.title = unread > 0 ? `(${unread}) ${title}` : title;
  remember();
}

const remember = () => history.replaceState(null, '', `?${asked}`);

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
    asked.set('look', target.value);
    remember();
  });
  document.getElementById('theme').addEventListener('click', ({ currentTarget }) => {
    const theme = currentTarget.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    setTheme(theme);
    asked.set('theme', theme);
    remember();
  });
  isDark.addEventListener('change', () => setTheme(asked.get('theme')));
}

/** A browser opens few connections to one place: a tab nobody looks at gives its two back. */
function rest() {
  for (const phone of phones) {
    if (document.hidden) phone.stopListening();
    else phone.listen();
  }
}

async function begin() {
  setLook(asked.get('look') === 'whatsapp' ? 'whatsapp' : 'telegram');
  setTheme(asked.get('theme'));
  listenToTop();
  const answer = await fetch('/simulator/people').catch(() => undefined);
  const people = answer?.ok ? await answer.json() : undefined;
  document.getElementById('fault').hidden = people !== undefined;
  if (people === undefined) return;

  const leader = people.find(({ role }) => role !== 'member')?.address ?? people[0]?.address ?? 'nueva-1';
  const member = people.find(({ role }) => role === 'member')?.address ?? people[1]?.address ?? 'nueva-2';
  main.append(...phones.map(({ root }) => root));
  document.querySelector('.tabs').append(...tabs);
  phones.forEach((phone, at) => {
    phone.setPeople(people);
    phone.open(asked.get(SIDES[at]) || [leader, member][at]);
    for (const event of ['focusin', 'pointerdown']) phone.root.addEventListener(event, () => activate(at));
  });
  activate(0);
  document.addEventListener('visibilitychange', rest);
}

await begin();
