/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
/** Turns messages into bubbles. What people and the bot wrote only ever goes through textContent. */

const BUBBLES_MAX = 500;
const clock = new Intl.DateTimeFormat('es-MX', { hour: 'numeric', minute: '2-digit' });
const longDay = new Intl.DateTimeFormat('es-MX', { weekday: 'long', day: 'numeric', month: 'long' });

/**
 * @param {HTMLOListElement} list
 * @param {{ message: object, words: Map<string, string>, onPress: (payload: string) => void }} options
 */
export function addBubble(list, { message, words, onPress }) {
  addDayWhenNew(list, message.at, words);
  const bubble = document.getElementById('bubble').content.cloneNode(true).querySelector('.bubble');
  bubble.dataset.id = message.id;
  bubble.classList.add(message.from);
  const part = (selector) => bubble.querySelector(selector);
  part('.speaker').textContent = `${words.get(message.from)} `;
  part('.text').textContent = message.text;
  part('time').dateTime = message.at;
  part('time').textContent = clock.format(new Date(message.at));
  addChoices(bubble, message.choices, onPress);
  list.append(bubble);
  while (list.children.length > BUBBLES_MAX) list.firstElementChild.remove();
}

/** Both looks are in the page and the style sheet shows one: numbered buttons, or the list to answer by number. */
function addChoices(bubble, choices, onPress) {
  const numbers = bubble.querySelector('.numbers');
  const buttons = bubble.querySelector('.choices');
  if (choices.length === 0) {
    numbers.remove();
    buttons.remove();
    return;
  }
  numbers.textContent = choices.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
  for (const [index, { label, payload }] of choices.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${index + 1}. ${label}`;
    button.addEventListener('click', () => onPress(payload));
    buttons.append(button);
  }
}

function addDayWhenNew(list, at, words) {
  const day = new Date(at).toDateString();
  if (list.dataset.lastDay === day) return;
  list.dataset.lastDay = day;
  const line = document.createElement('li');
  line.className = 'day';
  const label = document.createElement('span');
  label.textContent = dayWords(new Date(at), words);
  line.append(label);
  list.append(line);
}

function dayWords(date, words) {
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return words.get('today');
  if (date.toDateString() === yesterday.toDateString()) return words.get('yesterday');
  return longDay.format(date);
}
