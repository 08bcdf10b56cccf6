/** New messages as they come: catches up, then listens; polls where listening does not work. */
import { Alarm, backoff } from './alarm.js';
import { NetworkError } from './api.js';

const LISTEN_TRIES = 3;
const POLL_SECONDS = 25;
const POLLS_BEFORE_LISTENING = 12;

export class Stream {
  #alarm = new Alarm();
  #drop = () => {};
  #cursor = 0;
  #troubles = 0;
  #brokenLines = 0;
  #polls = 0;
  #running = false;

  /**
   * @param {{api: object, onMessages: (messages: object[]) => void,
   *   onState: (state: 'online'|'offline'|'waiting') => void, onSomebodyElse: () => void}} parts
   */
  constructor({ api, onMessages, onState, onSomebodyElse }) {
    Object.assign(this, { api, onMessages, onState, onSomebodyElse });
  }

  /** Follows the conversation after `seq`, for as long as the page lives. */
  async follow(seq) {
    this.#cursor = seq;
    if (this.#running) return this.wake();
    this.#running = true;
    while (this.#running) await this.#round();
  }

  stop() {
    this.#running = false;
    this.wake();
  }

  /** Drops a line that may be dead and starts over at once. */
  wake() {
    this.#alarm.ring();
    this.#drop();
  }

  async #round() {
    try {
      await this.#catchUp();
      await (this.#brokenLines < LISTEN_TRIES ? this.#listen() : this.#poll());
    } catch (error) {
      this.#troubles += 1;
      this.onState(error instanceof NetworkError ? 'offline' : 'waiting');
      await this.#alarm.wait(backoff(this.#troubles));
    }
  }

  async #catchUp() {
    while (this.#take(await this.api.after(this.#cursor))) { /* until nothing is left */ }
    this.#well();
  }

  #well() {
    this.#troubles = 0;
    this.onState('online');
  }

  #take(messages) {
    if (!messages.length) return false;
    this.#cursor = Math.max(this.#cursor, ...messages.map((message) => message.seq));
    this.onMessages(messages);
    return true;
  }

  /** Settles when the line is dropped. The browser itself reconnects short breaks, with Last-Event-ID. */
  #listen() {
    return new Promise((resolve) => {
      const source = this.api.events(this.#cursor);
      let breaks = 0;
      const end = () => {
        source.close();
        resolve();
      };
      this.#drop = end;
      source.onopen = () => {
        breaks = this.#brokenLines = 0;
        this.#well();
      };
      source.onmessage = (event) => this.#take([JSON.parse(event.data)]);
      source.addEventListener('session', () => {
        end();
        this.onSomebodyElse();
      });
      source.onerror = () => {
        breaks += 1;
        if (source.readyState !== EventSource.CLOSED && breaks < LISTEN_TRIES) return;
        this.#brokenLines += 1;
        end();
      };
    });
  }

  async #poll() {
    const abort = new AbortController();
    this.#drop = () => abort.abort();
    const started = Date.now();
    const messages = await this.api.after(this.#cursor, POLL_SECONDS, abort.signal).catch((error) => {
      if (abort.signal.aborted) return null;
      throw error;
    });
    if (!messages) return;
    this.#well();
    this.#polls += 1;
    if (this.#polls % POLLS_BEFORE_LISTENING === 0) this.#brokenLines = LISTEN_TRIES - 1;
    if (!this.#take(messages) && Date.now() - started < 1000) await this.#alarm.wait(2000);
  }
}
