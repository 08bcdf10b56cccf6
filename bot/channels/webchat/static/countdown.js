/** Live countdowns: one tick a second for every one on the page. */
import { el } from './dom.js';
import { countdownText } from './format.js';

/**
 * @param {string} until ISO time
 * @param {string} [name] which clock runs, said before the time
 */
export function countdown(until, name = '') {
  const node = el('span', { class: 'countdown', role: 'timer', 'data-until': until, 'data-name': name });
  refresh(node);
  return node;
}

function refresh(node) {
  const text = [node.dataset.name, countdownText(node.dataset.until)].filter(Boolean).join(' ');
  node.classList.toggle('is-over', new Date(node.dataset.until) < Date.now());
  if (node.textContent !== text) node.textContent = text;
}

setInterval(() => document.querySelectorAll('[data-until]').forEach(refresh), 1000);
