/** What the page knows: the session, the conversation and the state of the line. Views listen and redraw. */
export class Store {
  session = null;
  /** 'connecting' | 'online' | 'offline' (no line) | 'waiting' (the server does not answer) */
  connection = 'connecting';
  hasOlder = false;
  /** seq of the last message read before this visit; the unread divider stands after it */
  readUpTo = null;
  #entries = new Map();
  #listeners = new Set();
  #scheduled = false;

  subscribe(listener) {
    this.#listeners.add(listener);
  }

  /** Changes fields of the store and tells the views once, after the current task. */
  set(fields) {
    if (Object.entries(fields).every(([name, value]) => this[name] === value)) return;
    Object.assign(this, fields);
    this.#changed();
  }

  /** Every message to show: settled ones by seq, then own ones still on their way. */
  get entries() {
    return [...this.#entries.values()].sort(
      (a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.order - b.order,
    );
  }

  get unsent() {
    return [...this.#entries.values()].filter((entry) => !entry.seq);
  }

  get lastSeq() {
    return Math.max(0, ...[...this.#entries.values()].map((entry) => entry.seq ?? 0));
  }

  get firstSeq() {
    return Math.min(...[...this.#entries.values()].map((entry) => entry.seq ?? Infinity));
  }

  /** Takes in messages of the server; one seen before, by seq or client_msg_id, changes nothing twice. */
  receive(messages) {
    for (const message of messages.map(complete)) {
      const known = this.#find(message);
      if (known) this.#merge(known, message);
      else this.#insert({ ...message, key: message.client_msg_id || `m${message.seq}`, state: 'sent', settled: true });
    }
    this.#changed();
  }

  /** Shows an own message before the server has it. */
  addUnsent(entry) {
    this.#insert({ direction: 'in', kind: 'text', buttons: [], state: 'waiting', ...entry });
    this.#changed();
  }

  /** Changes one own message, for example its sending state. */
  patch(key, fields) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.set(key, { ...entry, ...fields, revision: entry.revision + 1 });
    this.#changed();
  }

  /** The server took an own message: it now has its place in the conversation. */
  confirm(key, { message_id: id, seq }) {
    const twin = this.#find({ seq });
    if (twin && twin.key !== key) this.#entries.delete(twin.key);
    this.patch(key, { id, seq, state: 'sent', sentAt: Date.now() });
  }

  remove(key) {
    this.#entries.delete(key);
    this.#changed();
  }

  /** Forgets the conversation: the session belongs to another participant now. What is unsent stays. */
  clear() {
    for (const entry of this.#entries.values()) if (entry.seq) this.#entries.delete(entry.key);
    Object.assign(this, { hasOlder: false, readUpTo: null });
    this.#changed();
  }

  #find({ seq, client_msg_id: clientId }) {
    if (clientId && this.#entries.has(clientId)) return this.#entries.get(clientId);
    return [...this.#entries.values()].find((entry) => entry.seq === seq);
  }

  #insert(entry) {
    this.#entries.set(entry.key, { revision: 0, order: 0, ...entry });
  }

  #merge(known, message) {
    const text = message.text || known.text;
    if (known.seq && known.text === text && known.settled) return;
    this.#entries.set(known.key, {
      ...known, ...message, text, state: 'sent', settled: true, revision: known.revision + 1,
    });
  }

  #changed() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const listener of this.#listeners) listener(this);
    });
  }
}

/** Optional fields as the views expect them. */
function complete(message) {
  return { ...message, text: message.text ?? '', buttons: message.buttons ?? [] };
}
