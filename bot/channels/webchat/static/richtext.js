/** Message text → nodes: **bold**, https links, nothing else. */
import { el } from './dom.js';

const TOKEN = /\*\*(?=\S)([^*\n]+?)\*\*|https:\/\/[^\s<>"'，。、；！？）」』】《》]+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** Ticket and phone numbers, which are read as one and never broken over two lines. */
const NUMBER = /^(?:LL-)?[\dA-Z-]{3,20}$/;

/** @returns {(Node|string)[]} children for an element with `white-space: pre-wrap` */
export function richText(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const node = match[1] ? el('strong', NUMBER.test(match[1]) ? { class: 'number' } : {}, match[1]) : link(match[0]);
    const shown = node.textContent.length + (match[1] ? 4 : 0);
    nodes.push(text.slice(end, match.index), node);
    end = match.index + shown;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function link(found) {
  const address = found.replace(TRAILING, '');
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
}

/** The language of a short text, told by its script, so that it is read out in the right voice. */
export function guessLanguage(text) {
  if (/[嘅咗冇唔啲嚟哋佢喺]/.test(text)) return 'zh-HK';
  if (/\p{Script=Han}/u.test(text)) return /[们这个来对为时说请还没]/.test(text) ? 'zh-CN' : 'zh';
  if (/\p{Script=Arabic}/u.test(text)) return 'ar';
  return /[a-z]{3}/i.test(text) ? 'en' : null;
}
