/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- the browser runs this file as it is: it has no types */
import { fileElement } from './bubble-file.js';

/** Turns messages into bubbles. What people and the bot wrote only ever goes through textContent. */

const BUBBLES_MAX = 500;

/**
 * @param {HTMLOListElement} list
 * @param {{ message: object, days: object, words: Map<string, string>, fileUrl: (id: string) => string, onPress: (payload: string) => void, onGrown: () => void }} options
 */
export function addBubble(list, { message, days, words, fileUrl, onPress, onGrown }) {
  days.addWhenNew(list, message.at);
  const bubble = document.getElementById('bubble').content.cloneNode(true).querySelector('.bubble');
  bubble.dataset.id = message.id;
  bubble.classList.add(message.from);
  const part = (selector) => bubble.querySelector(selector);
  part('.speaker').textContent = `${words.get(message.from)} `;
  part('.text').textContent = message.text;
  part('time').dateTime = message.at;
  part('time').textContent = days.hourOf(message.at);
  if (message.file)
    part('.text').before(fileElement(message.file, { url: fileUrl(message.id), words, onGrown }));
  addChoices(bubble, message, onPress);
  list.append(bubble);
  while (list.children.length > BUBBLES_MAX) list.firstElementChild.remove();
}

/** Has a bubble say other words, with other choices. */
export function changeBubble(bubble, message, onPress) {
  bubble.querySelector('.text').textContent = message.text;
  for (const old of bubble.querySelectorAll('.numbers, .choices')) old.remove();
  const fresh = document.getElementById('bubble').content.cloneNode(true);
  bubble.querySelector('.text').after(fresh.querySelector('.numbers'));
  bubble.querySelector('.said').after(fresh.querySelector('.choices'));
  addChoices(bubble, message, onPress);
}

/**
 * Both looks are in the page and the style sheet shows one: numbered buttons, or the list to answer by number. Keys have no
 * numbers: "1. 7" would be two.
 */
function addChoices(bubble, { choices, columns }, onPress) {
  const numbers = bubble.querySelector('.numbers');
  const buttons = bubble.querySelector('.choices');
  if (choices.length === 0) {
    numbers.remove();
    buttons.remove();
    return;
  }
  numbers.textContent = choices.map(({ label }, index) => `${index + 1}. ${label}`).join('\n');
  if (columns) buttons.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  for (const [index, { label, payload }] of choices.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = columns ? label : `${index + 1}. ${label}`;
    button.addEventListener('click', () => onPress(payload));
    buttons.append(button);
  }
  // One that is left over has the row to itself.
  if (columns && choices.length % columns === 1) buttons.lastElementChild.style.gridColumn = '1 / -1';
}
