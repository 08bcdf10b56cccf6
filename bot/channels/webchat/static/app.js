/** Puts the page together and starts it: session, what was said before, then what comes. */
import { createActions } from './actions.js';
import { Alarm, backoff } from './alarm.js';
import { Api, ApiError, NetworkError } from './api.js';
import { locale, matchLocale, setLocale, t } from './i18n.js';
import { Outbox } from './outbox.js';
import { applyPreferences } from './preferences.js';
import { Push } from './push.js';
import { ReadMark } from './read_mark.js';
import { richText } from './richtext.js';
import { toast } from './sheet.js';
import { openQueue, recall, remember } from './storage.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { Composer } from './view_composer.js';
import { Matters } from './view_matters.js';
import { openNotice } from './view_settings.js';
import { Shell } from './view_shell.js';
import { Thread } from './view_thread.js';

const HISTORY = 60;
const LONG_AWAY_MS = 20_000;
const REFRESH_MS = 60_000;

const store = new Store();
const api = new Api(locale, sessionOpened);
const stream = new Stream({
  api,
  onMessages: messagesCame,
  onState: (connection) => store.set({ connection }),
  onSomebodyElse: () => persistently(() => api.openSession()),
});
const push = new Push({ api, key: () => store.session?.vapid_public_key ?? null });
const readMark = new ReadMark(store);
const alarm = new Alarm();
let outbox;
let view;

start();

async function start() {
  applyPreferences();
  setLocale(recall('linli.locale') ?? matchLocale(navigator.languages));
  const onFailed = (item) => view.act.release(item.pressed);
  outbox = new Outbox({ api, store, queue: await openQueue(), onFailed });
  view = assemble();
  document.querySelector('#app').append(view.shell.node);
  watchLine();
  watchKeyboard();
  navigator.serviceWorker?.register('sw.js').catch(() => {});
  await outbox.restore();
  const code = takeJoinCode();
  await persistently(() => openFirstSession(code));
  outbox.start();
  await showHistory();
}

function assemble() {
  const act = createActions({ store, api, outbox, push, stream, translate });
  const thread = new Thread({ store, act, pressed: act.pressedBefore, onRead: (seq) => readMark.move(seq) });
  const composer = new Composer({ store, act });
  const matters = new Matters({ store, api, act, onCount: (count) => view.shell.setUnread(count) });
  act.openMatters = () => matters.open();
  act.openTicket = (number) => matters.showTicket(number);
  const shell = new Shell({ store, act, thread, composer, matters });
  return { act, thread, composer, matters, shell };
}

function translate() {
  remember('linli.locale', locale());
  view.shell.translate();
  view.composer.translate();
  view.thread.draw();
  view.matters.refresh();
}

/** Repeats until it works, telling the person when the line is the reason. */
async function persistently(work) {
  for (let count = 1; ; count += 1) {
    try {
      return await work();
    } catch (error) {
      store.set({ connection: error instanceof NetworkError ? 'offline' : 'waiting' });
      await alarm.wait(backoff(count));
    }
  }
}

/** The code in the address is used once and does not stay there. */
function takeJoinCode() {
  const code = new URLSearchParams(location.search).get('join');
  if (code) history.replaceState(null, '', location.pathname);
  return code;
}

async function openFirstSession(code) {
  try {
    await api.openSession(code);
  } catch (error) {
    if (!code || !(error instanceof ApiError) || error.status >= 500) throw error;
    toast(t(error.isTemporary ? 'load_failed' : 'join_failed'));
    await api.openSession();
  }
}

/** A session came, the first or a later one; another participant starts with an empty page. */
function sessionOpened(session) {
  const before = store.session;
  store.set({ session });
  remember('linli.community', session.community);
  if (session.locale !== locale()) setLocale(session.locale);
  if (session.notice && !before?.notice) showNotice(session);
  if (before && before.participant_id !== session.participant_id) {
    store.clear();
    showHistory();
  }
  translate();
}

function showNotice({ notice, community }) {
  openNotice({
    notice, phone: community?.phone, content: richText, onAccept: () => api.consent(notice.version),
  });
}

async function showHistory() {
  const messages = await persistently(() => api.before(Number.MAX_SAFE_INTEGER, HISTORY));
  store.set({ hasOlder: messages.length === HISTORY, readUpTo: readMark.last, connection: 'online' });
  store.receive(messages);
  view.thread.toEnd();
  view.thread.announce();
  stream.follow(messages.at(-1)?.seq ?? 0);
}

function messagesCame(messages) {
  if (document.hidden && store.readUpTo === null) store.set({ readUpTo: readMark.last });
  store.receive(messages);
  readMark.tell();
  if (messages.some((message) => message.ticket)) view.matters.refresh();
}

function watchLine() {
  let hiddenAt = 0;
  window.addEventListener('offline', () => store.set({ connection: 'offline' }));
  window.addEventListener('online', retryNow);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > LONG_AWAY_MS) retryNow();
  });
  setInterval(() => !document.hidden && store.session && view.matters.refresh(), REFRESH_MS);
}

function retryNow() {
  alarm.ring();
  outbox.wake();
  stream.wake();
}

/** Keeps the input line above the keyboard where the browser only lays it over the page. */
function watchKeyboard() {
  const { visualViewport: view, document: { documentElement: root } } = window;
  view?.addEventListener('resize', () => {
    if (view.scale > 1.01) return;
    root.style.setProperty('--view-height', `${view.height}px`);
    window.scrollTo(0, 0);
  });
}
