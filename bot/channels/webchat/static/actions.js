/** What a person can do on the page, each as one function; views call these and nothing else. */
import { ApiError } from './api.js';
import { button, el } from './dom.js';
import { locale, setLocale, t } from './i18n.js';
import { closeSheets, openSheet, toast } from './sheet.js';
import { forgetAll, recall, remember } from './storage.js';
import { openLocation } from './view_location.js';
import { choosePhotos } from './view_photo.js';
import { openSettings } from './view_settings.js';

const PRESSED_KEY = 'linli.pressed';
const PRESSED_KEPT = 300;
const OLDER = 40;

/** @param {{store: object, api: object, outbox: object, push: object, stream: object, translate: () => void}} parts */
export function createActions({ store, api, outbox, push, stream, translate }) {
  const pressed = new Map(recall(PRESSED_KEY) ?? []);

  function send(item) {
    store.set({ readUpTo: null });
    outbox.send(item);
  }

  function keepPressed() {
    remember(PRESSED_KEY, [...pressed].slice(-PRESSED_KEPT));
  }

  const act = {
    sendText: (text) => send({ body: { text }, shown: { text } }),
    sendAction: ({ action, label }) => send({ body: { action }, shown: { text: label } }),
    resend: (key) => outbox.resend(key),
    discard: (key) => outbox.discard(key),

    /** Presses a message's button; a second tap on the same message does nothing. */
    press(entry, index, event) {
      if (act.pressedBefore(entry) !== undefined) return;
      pressed.set(entry.id, index);
      keepPressed();
      const { action, label } = entry.buttons[index];
      send({ body: { action }, shown: { text: label }, pressed: entry.id });
      if (event?.detail === 0) document.querySelector('#message').focus();
    },

    /** Index of the button used, here or, where the server tells, on another device. */
    pressedBefore: (entry) => pressed.get(entry.id) ?? entry.pressed ?? undefined,

    /** The server refused a press: the buttons work again. */
    release(id) {
      pressed.delete(id);
      keepPressed();
    },

    takePhoto: () => choosePhotos(true, act.sendPhotos),
    pickPhotos: () => choosePhotos(false, act.sendPhotos),
    sendPhotos(photos, caption) {
      // The words first: a photo alone may already be all that was asked for.
      if (caption) act.sendText(caption);
      photos.forEach((photo) => send({ photo, shown: { kind: 'image', text: '' } }));
    },

    openLocation: () => openLocation({ places: api.places, onSend: act.sendLocation }),
    sendLocation: (location) => send({ body: { location }, shown: { kind: 'location', text: location.label } }),

    call: () => window.open(`tel:${store.session.community.phone.replace(/[^\d+*#]/g, '')}`, '_self'),

    openSettings: () => openSettings({ session: store.session, act, push }),

    /** @returns {Promise<object[]|null>} messages before the first shown, or null when there is no line */
    async fetchOlder() {
      try {
        return await api.before(store.firstSeq, OLDER);
      } catch {
        return null;
      }
    },
    showOlder(messages) {
      store.receive(messages);
      store.set({ hasOlder: messages.length === OLDER });
    },

    async setLocale(chosen) {
      if (chosen === locale()) return;
      try {
        const session = await api.setLocale(chosen);
        store.set({ session: { ...store.session, ...session, locale: chosen } });
        setLocale(chosen);
        translate();
      } catch {
        toast(t('load_failed'));
      }
    },

    /** Redeems an invitation or a link code; true when the server took it. */
    async join(code) {
      const { roles: before = [], participant_id: self } = store.session ?? {};
      try {
        const { roles, participant_id: now } = await api.openSession(code);
        const isDone = now !== self || roles.some((role) => !before.includes(role));
        toast(t(isDone ? 'join_done' : 'join_waiting'));
        return true;
      } catch (error) {
        toast(t(error instanceof ApiError && !error.isTemporary ? 'join_failed' : 'load_failed'));
        return false;
      }
    },

    linkCode: () => api.linkCode(),

    async exportData() {
      const file = new Blob([JSON.stringify(await api.exportMe(), null, 2)], { type: 'application/json' });
      const address = URL.createObjectURL(file);
      el('a', { href: address, download: 'linli-my-data.json' }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },

    askErase: async () => (await api.askErase()).confirm_token,
    async confirmErase(token) {
      await api.confirmErase(token);
      api.end();
      stream.stop();
      await push.turnOff({ tell: false });
      await outbox.clear();
      forgetAll();
      closeSheets();
      const again = button(t('start_again'), () => location.reload(), { class: 'button is-primary is-wide' });
      openSheet(t('erased_title'), [el('p', {}, t('erased_text')), again], { mustAnswer: true });
    },
  };
  return act;
}
