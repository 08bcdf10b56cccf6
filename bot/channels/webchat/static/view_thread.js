/** The conversation: messages with time marks, the unread divider, typing dots; scrolls like a chat. */
import { el, icon } from './dom.js';
import { messageView } from './view_message.js';
import { separatorLabel } from './format.js';
import { locale, t } from './i18n.js';

const QUIET_MS = 5 * 60_000;
const TYPING_MS = 60_000;
const NEAR_PX = 80;

export class Thread {
  #rows = new Map();
  #typingTimer = 0;
  #atEnd = true;
  #lastTop = 0;
  #seenSeq = 0;
  #loading = false;

  /** @param {{store: object, act: object, pressed: (entry: object) => number|undefined,
   *   onRead: (seq: number) => void}} parts */
  constructor({ store, act, pressed, onRead }) {
    Object.assign(this, { store, act, pressed, onRead });
    this.list = el('div', { class: 'thread-list' });
    this.scroller = el('div', {
      class: 'thread', id: 'thread', role: 'log', 'aria-live': 'off', 'aria-relevant': 'additions', tabindex: '0',
    }, this.list);
    this.jump = el('button', { type: 'button', class: 'jump', hidden: true, on: { click: () => this.toEnd() } });
    this.node = el('div', { class: 'thread-frame' }, this.scroller, this.jump);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    const keep = new ResizeObserver(() => this.#atEnd && this.#stick());
    keep.observe(this.list);
    keep.observe(this.scroller);
    store.subscribe(() => this.draw());
    document.addEventListener('visibilitychange', () => this.#read());
  }

  draw() {
    const fresh = this.store.entries.at(-1);
    if (fresh?.direction === 'in' && !fresh.seq && !this.#rows.has(fresh.key)) this.#atEnd = true;
    this.#label();
    this.#place(this.#items());
    if (this.#atEnd) this.#stick();
    this.#read();
  }

  toEnd() {
    this.#atEnd = true;
    this.#stick();
    this.#read();
  }

  /** What was said before is not read out; what comes from now on is. */
  announce() {
    setTimeout(() => this.scroller.setAttribute('aria-live', 'polite'), 500);
  }

  #label() {
    this.scroller.setAttribute('aria-label', t('conversation'));
    this.scroller.classList.toggle('is-empty', this.store.entries.length === 0);
  }

  #items() {
    const { entries, readUpTo } = this.store;
    const items = [];
    let before = null;
    let divided = readUpTo === null;
    if (this.store.hasOlder) items.push(row('older', locale(), olderView));
    for (const entry of entries) {
      if (isQuietBefore(entry, before)) items.push(row(`time ${entry.key}`, `${entry.at} ${locale()}`, () => timeView(entry.at)));
      if (!divided && entry.direction === 'out' && entry.seq > readUpTo) {
        divided = true;
        if (before) items.push(row('unread', locale(), unreadView));
      }
      items.push(this.#messageItem(entry));
      before = entry;
    }
    if (this.#isTyping(entries)) items.push(row('typing', locale(), typingView));
    return items;
  }

  #messageItem(entry) {
    const pressed = this.pressed(entry);
    const initial = [...(this.store.session?.display_name || t('me'))].at(0);
    const version = [entry.revision, pressed, initial, locale()].join();
    return row(entry.key, version, () => messageView(entry, this.act, { pressed, initial }));
  }

  /** Puts rows in order, making anew only those that changed. */
  #place(items) {
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, { node }] of this.#rows) if (!wanted.has(key)) node.remove();
    let cursor = this.list.firstChild;
    const kept = new Map();
    for (const item of items) {
      const old = this.#rows.get(item.key);
      const node = old?.version === item.version ? old.node : item.make();
      if (old && old.node !== node) {
        if (cursor === old.node) cursor = node;
        replaceKeepingFocus(old.node, node);
      }
      if (node === cursor) cursor = cursor.nextSibling;
      else this.list.insertBefore(node, cursor);
      kept.set(item.key, { node, version: item.version });
    }
    this.#rows = kept;
  }

  #isTyping(entries) {
    clearTimeout(this.#typingTimer);
    const own = entries.findLast((entry) => entry.direction === 'in');
    if (own?.state !== 'sent') return false;
    if (entries.some((entry) => entry.direction === 'out' && entry.seq > own.seq && !entry.push)) return false;
    const left = (own.sentAt ?? Date.parse(own.at)) + TYPING_MS - Date.now();
    if (left > 0) this.#typingTimer = setTimeout(() => this.draw(), left);
    return left > 0 && left <= TYPING_MS;
  }

  #stick() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Only scrolling up leaves the end: content that grows while it settles does not. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (near || scrollTop < this.#lastTop) this.#atEnd = near;
    this.#lastTop = scrollTop;
    this.#read();
    if (scrollTop < NEAR_PX * 2) this.#loadOlder();
  }

  /** Older messages go on top without moving what is being read, and unannounced. */
  async #loadOlder() {
    if (!this.store.hasOlder || this.#loading) return;
    this.#loading = true;
    this.scroller.setAttribute('aria-live', 'off');
    const older = await this.act.fetchOlder();
    if (older) {
      const distance = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.act.showOlder(older);
      this.draw();
      this.scroller.scrollTop = this.scroller.scrollHeight - distance;
    }
    this.#loading = false;
    this.announce();
  }

  /** What is on screen at the end counts as read; the rest is offered by the jump button. */
  #read() {
    const last = this.store.lastSeq;
    if (this.#atEnd && !document.hidden) {
      this.#seenSeq = last;
      if (last) this.onRead(last);
    }
    const count = this.store.entries.filter((entry) => entry.direction === 'out' && entry.seq > this.#seenSeq).length;
    this.jump.hidden = this.#atEnd;
    this.jump.replaceChildren(icon('down'), el('span', {}, count ? t('new_messages', { count }) : t('to_end')));
  }
}

function row(key, version, make) {
  return { key, version, make };
}

function isQuietBefore(entry, before) {
  return !before || new Date(entry.at) - new Date(before.at) > QUIET_MS;
}

function replaceKeepingFocus(old, node) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(node);
  if (hadFocus) node.focus({ preventScroll: true });
}

function timeView(at) {
  return el('div', { class: 'time' }, el('time', { datetime: at }, separatorLabel(at)));
}

function unreadView() {
  return el('div', { class: 'unread' }, el('span', {}, t('unread_below')));
}

function olderView() {
  return el('div', { class: 'older' }, t('loading'));
}

function typingView() {
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
  return el('div', { class: 'message is-theirs is-typing' },
    el('img', { class: 'avatar', src: 'icons/avatar.svg', alt: '', width: 40, height: 40 }),
    el('div', { class: 'message-main' }, el('div', { class: 'bubble typing' }, dots, el('span', {}, t('typing')))));
}
