/** The frame: title bar, the line banner, the conversation, the list beside it. */
import { el, iconButton } from './dom.js';
import { t } from './i18n.js';
import { recall } from './storage.js';

export class Shell {
  #unread = 0;

  /** @param {{store: object, act: object, thread: object, composer: object, matters: object}} parts */
  constructor({ store, act, thread, composer, matters }) {
    Object.assign(this, { store, act, composer });
    this.name = el('h1', {});
    this.state = el('p', { class: 'state-line' });
    this.banner = el('p', { class: 'banner', role: 'status', hidden: true });
    this.bar = el('header', { class: 'title-bar' });
    this.main = el('main', { class: 'chat' }, this.bar, this.banner, thread.node, composer.node);
    this.skip = el('a', { class: 'skip', href: '#message' });
    this.node = el('div', { class: 'app' }, this.skip, matters.aside, this.main);
    store.subscribe(() => this.#draw());
    this.translate();
  }

  translate() {
    this.skip.textContent = t('skip');
    this.matters = iconButton('matters', t('matters_short'), this.act.openMatters, { class: 'icon-button only-narrow' });
    this.badge = el('span', { class: 'badge', hidden: true });
    this.matters.append(this.badge);
    const settings = iconButton('settings', t('settings'), this.act.openSettings);
    this.bar.replaceChildren(this.matters, el('div', { class: 'title' }, this.name, this.state), settings);
    this.setUnread(this.#unread);
    this.#draw();
  }

  setUnread(count) {
    this.#unread = count;
    this.badge.hidden = count === 0;
    this.badge.replaceChildren(
      el('span', { 'aria-hidden': 'true' }, count),
      el('span', { class: 'sr-only' }, t('unread_matters', { count })),
    );
  }

  #draw() {
    const community = this.store.session?.community ?? recall('linli.community');
    setText(this.name, community?.name || t('app_name'));
    setText(this.state, stateLine(community?.hours));
    const words = this.#bannerWords();
    this.banner.hidden = !words;
    setText(this.banner, words);
  }

  #bannerWords() {
    const { connection, unsent } = this.store;
    const count = unsent.filter((entry) => entry.state !== 'failed').length;
    if (connection === 'offline') return count ? t('offline_count', { count }) : t('offline');
    if (connection === 'waiting') return count ? t('waiting_count', { count }) : t('waiting');
    return '';
  }
}

/** Bare times get words around them; a community that wrote a sentence of its own is quoted. */
function stateLine(hours) {
  if (!hours) return t('state_line_short');
  return t(/\p{L}{2}/u.test(hours) ? 'state_line_own' : 'state_line', { hours });
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
