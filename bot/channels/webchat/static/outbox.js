/** Own messages on their way: kept on the device, sent one after another, resent under the same id until taken. */
import { Alarm, backoff } from './alarm.js';
import { NetworkError } from './api.js';

const SERVER_TRIES = 4;

export class Outbox {
  #items = [];
  #alarm = new Alarm();
  #draining = true;

  /** @param {{api: object, store: object, queue: object, onFailed: (item: object, error: Error) => void}} parts */
  constructor({ api, store, queue, onFailed }) {
    Object.assign(this, { api, store, queue, onFailed });
  }

  /** Shows again what was waiting when the page was closed. */
  async restore() {
    const kept = await this.queue.all();
    kept.sort((a, b) => a.order - b.order).forEach((item) => this.#show(item));
    this.#items.unshift(...kept);
  }

  /** Nothing leaves before there is a session to send it in. */
  start() {
    this.#draining = false;
    this.#drain();
  }

  /**
   * @param {object} item `body` of the message (text, action or location) or a `photo` blob;
   *   `shown` is what the bubble displays; `pressed` is the id of the message whose button it was
   */
  send(item) {
    const full = { client_msg_id: newId(), order: nextOrder(), at: new Date().toISOString(), tries: 0, ...item };
    this.#show(full);
    this.#items.push(full);
    this.#keep(full);
    this.#drain();
  }

  resend(key) {
    const item = this.#items.find((each) => each.client_msg_id === key);
    if (!item) return;
    Object.assign(item, { failed: false, tries: 0 });
    this.store.patch(key, { state: 'waiting', problem: '' });
    this.wake();
  }

  discard(key) {
    this.#items = this.#items.filter((item) => item.client_msg_id !== key);
    this.queue.remove(key);
    this.store.remove(key);
  }

  /** Tries again at once: the line is back or the person asked. */
  wake() {
    this.#alarm.ring();
    this.#drain();
  }

  async clear() {
    this.#items = [];
    await this.queue.clear();
  }

  #show({ client_msg_id: key, order, at, shown, photo, failed, problem }) {
    const preview = photo && URL.createObjectURL(photo);
    const state = failed ? 'failed' : 'waiting';
    this.store.addUnsent({ key, client_msg_id: key, order, at, preview, state, problem, ...shown });
  }

  #keep(item) {
    this.queue.put(item).catch(() => {});
  }

  async #drain() {
    if (this.#draining) return;
    this.#draining = true;
    for (let item; (item = this.#items.find((each) => !each.failed));) {
      const pause = await this.#attempt(item);
      if (pause) await this.#alarm.wait(pause);
    }
    this.#draining = false;
  }

  async #attempt(item) {
    this.store.patch(item.client_msg_id, { state: 'sending' });
    try {
      const answer = await this.api.post({ client_msg_id: item.client_msg_id, ...(await this.#body(item)) });
      this.#taken(item, answer);
      return 0;
    } catch (error) {
      return this.#refused(item, error);
    }
  }

  async #body(item) {
    if (!item.photo) return item.body;
    if (!item.attachment) {
      const progress = (share) => this.store.patch(item.client_msg_id, { progress: share });
      item.attachment = (await this.api.upload(item.photo, progress)).attachment_id;
      this.#keep(item);
    }
    return { attachments: [item.attachment] };
  }

  #taken(item, answer) {
    this.#items = this.#items.filter((each) => each !== item);
    this.queue.remove(item.client_msg_id);
    this.store.confirm(item.client_msg_id, answer);
    this.store.set({ connection: 'online' });
  }

  #refused(item, error) {
    const noLine = error instanceof NetworkError;
    item.tries += 1;
    const isFinal = !error.isTemporary || (item.tries >= SERVER_TRIES && !error.retryAfter);
    if (!noLine && isFinal) return this.#failed(item, error);
    this.store.patch(item.client_msg_id, { state: 'waiting' });
    this.store.set({ connection: noLine ? 'offline' : 'waiting' });
    return Math.max(backoff(item.tries), (error.retryAfter ?? 0) * 1000);
  }

  #failed(item, error) {
    Object.assign(item, { failed: true, problem: error.isTemporary ? '' : error.words });
    this.#keep(item);
    this.store.patch(item.client_msg_id, { state: 'failed', problem: item.problem });
    this.store.set({ connection: 'online' });
    this.onFailed(item, error);
    return 0;
  }
}

let lastOrder = 0;

function nextOrder() {
  lastOrder = Math.max(Date.now(), lastOrder + 1);
  return lastOrder;
}

/** `randomUUID` is missing on plain-HTTP addresses other than localhost, which a trial may use. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
