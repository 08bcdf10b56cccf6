/** The web chat API: one function per door, one way to fail, and a lost session made new once. */
const BASE = '/chat/api';
const TIMEOUT_MS = 20_000;

/** The server answered and said no. `words` are for the person; `retryAfter` seconds it asked to be left alone. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || `HTTP ${status}`);
    this.status = status;
    this.words = problem?.detail || problem?.title || '';
    this.retryAfter = problem?.retry_after ?? 0;
  }

  /** Whether the same request may well succeed later. */
  get isTemporary() {
    return this.status >= 500 || [401, 408, 425, 429].includes(this.status);
  }
}

/** No answer came: no line, or none in time. */
export class NetworkError extends Error {}

export class Api {
  #renewing = null;
  #participant = null;
  #ended = false;

  /**
   * @param {() => string} locale the interface language to open a session with
   * @param {(session: object) => void} onSession hears of every session opened or renewed
   */
  constructor(locale, onSession) {
    this.locale = locale;
    this.onSession = onSession;
  }

  /** Opens (or finds) the session; `join` redeems a one-time code. */
  async openSession(join) {
    const body = { locale: this.locale(), ...(join && { join }) };
    const session = await this.#once('POST', '/session', { json: body });
    this.#participant = session.participant_id;
    this.onSession(session);
    return session;
  }

  /** The person was erased: no session is opened for them again. */
  end() {
    this.#ended = true;
  }

  setLocale = (locale) => this.#call('PATCH', '/session', { json: { locale } });
  post = (message) => this.#call('POST', '/messages', { json: message });
  consent = (version) => this.#call('POST', '/consent', { json: { version } });
  linkCode = () => this.#call('POST', '/link-code', { json: {} });
  places = () => this.#call('GET', '/places');
  tickets = () => this.#call('GET', '/tickets');
  ticket = (number) => this.#call('GET', `/tickets/${encodeURIComponent(number)}`);
  todo = () => this.#call('GET', '/todo');
  subscribe = (subscription) => this.#call('POST', '/push-subscriptions', { json: subscription });
  unsubscribe = (endpoint) => this.#call('DELETE', '/push-subscriptions', { json: { endpoint } });
  exportMe = () => this.#call('GET', '/me/export', { timeout: 60_000 });
  askErase = () => this.#call('DELETE', '/me');
  confirmErase = (token) => this.#call('DELETE', '/me', { json: { confirm_token: token } });

  /** Messages after `seq`, oldest first; with `wait` the server holds the line until there is one. */
  async after(seq, wait = 0, signal = undefined) {
    const query = `?after=${seq}${wait ? `&wait=${wait}` : ''}`;
    const timeout = TIMEOUT_MS + wait * 1000;
    return this.#own(await this.#call('GET', `/messages${query}`, { timeout, signal }));
  }

  /** Whoever has become somebody else has another conversation, with other numbers. */
  async #own({ messages, participant_id: whose }) {
    if (whose === this.#participant) return messages;
    await this.openSession();
    return [];
  }

  /** Up to `limit` messages before `seq`, oldest first. */
  async before(seq, limit) {
    return (await this.#call('GET', `/messages?before=${seq}&limit=${limit}`)).messages;
  }

  /** @returns {EventSource} live messages after `seq` */
  events(seq) {
    return new EventSource(`${BASE}/events?after=${seq}`);
  }

  /**
   * @param {Blob} photo
   * @param {(share: number) => void} onProgress share sent, 0 to 1
   * @returns {Promise<{attachment_id: string, kind: string}>}
   */
  upload(photo, onProgress) {
    return this.#renewed(() => uploadOnce(photo, onProgress));
  }

  #call(method, path, options) {
    return this.#renewed(() => this.#once(method, path, options));
  }

  async #renewed(request) {
    try {
      return await request();
    } catch (error) {
      if (error.status !== 401 || this.#ended) throw error;
      this.#renewing ??= this.openSession().finally(() => { this.#renewing = null; });
      await this.#renewing;
      return request();
    }
  }

  async #once(method, path, { json, timeout = TIMEOUT_MS, signal } = {}) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout);
    signal?.addEventListener('abort', () => abort.abort());
    const init = { method, credentials: 'same-origin', cache: 'no-store', signal: abort.signal };
    if (json) Object.assign(init, { body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } });
    try {
      return await answer(await fetch(BASE + path, init));
    } catch (error) {
      throw error instanceof ApiError ? error : new NetworkError(error.message);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function answer(response) {
  const text = await response.text();
  return settle(response.status, text);
}

function settle(status, text) {
  const body = parse(text);
  if (status >= 200 && status < 300) return body;
  throw new ApiError(status, body);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function uploadOnce(photo, onProgress) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', photo, photo.name || 'photo.jpg');
    const request = new XMLHttpRequest();
    request.open('POST', `${BASE}/attachments`);
    request.timeout = 120_000;
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
    request.onerror = request.ontimeout = () => reject(new NetworkError('upload'));
    request.onload = () => {
      try {
        resolve(settle(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.send(form);
  });
}
