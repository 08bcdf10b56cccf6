/** How far this participant has read on this device, and the count in the page's title while it is hidden. */
import { recall, remember } from './storage.js';

const KEY = 'linli.read';

export class ReadMark {
  constructor(store) {
    this.store = store;
    document.addEventListener('visibilitychange', () => this.tell());
  }

  /** seq of the last message read, null before anything was */
  get last() {
    const kept = recall(KEY);
    return kept && kept.participant === this.#participant ? kept.seq : null;
  }

  move(seq) {
    if (this.#participant && seq > (this.last ?? 0)) remember(KEY, { participant: this.#participant, seq });
    this.tell();
  }

  /** Shows the number of unread messages in the title of a page nobody looks at. */
  tell() {
    const { entries, session } = this.store;
    const last = this.last ?? 0;
    const count = document.hidden ? entries.filter((entry) => entry.direction === 'out' && entry.seq > last).length : 0;
    const name = session?.community?.name ?? '邻里 Linli';
    document.title = count ? `(${count}) ${name}` : name;
  }

  get #participant() {
    return this.store.session?.participant_id;
  }
}
