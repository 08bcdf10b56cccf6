/** The foot of the page: chips, the input line and the '+' panel. */
import { button, el, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { recall, remember } from './storage.js';
import { buttonStyle } from './view_message.js';

const DRAFT_KEY = 'linli.draft';

export class Composer {
  /** @param {{store: object, act: object}} parts */
  constructor({ store, act }) {
    Object.assign(this, { store, act });
    this.chips = el('div', { class: 'chips', role: 'group', hidden: true });
    this.input = el('textarea', {
      id: 'message', rows: 1, enterkeyhint: 'send', autocomplete: 'off', dir: 'auto',
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event), focus: () => this.#toggle(false) },
    });
    this.input.value = recall(DRAFT_KEY) ?? '';
    this.bar = el('form', { class: 'composer', on: { submit: (event) => this.#submit(event) } });
    this.panel = el('div', { class: 'plus-panel', id: 'plus-panel', role: 'group', hidden: true });
    this.node = el('footer', { class: 'foot' }, this.chips, this.bar, this.panel);
    this.node.addEventListener('keydown', (event) => event.key === 'Escape' && this.#closeByKey());
    store.subscribe(() => this.#drawChips());
    this.translate();
  }

  /** (Re)builds everything that carries words. */
  translate() {
    this.input.setAttribute('aria-label', t('input_label'));
    this.input.placeholder = t('input_hint');
    this.chips.setAttribute('aria-label', t('quick_answers'));
    this.panel.setAttribute('aria-label', t('more'));
    this.plus = iconButton('plus', t('more'), () => this.#toggle(this.panel.hidden), {
      'aria-expanded': 'false', 'aria-controls': 'plus-panel',
    });
    this.submit = el('button', { class: 'button is-primary send', hidden: true }, t('send'));
    this.bar.replaceChildren(this.input, this.plus, this.submit);
    this.#drawPanel();
    this.#drawChips();
    this.#typed();
  }

  /** The panel offers only what this community and session have. */
  #drawPanel() {
    const { session } = this.store;
    const { act } = this;
    const offers = [
      ['camera', t('take_photo'), act.takePhoto],
      ['album', t('album'), act.pickPhotos],
      ['place', t('location'), act.openLocation],
      ['matters', t('my_matters'), act.openMatters],
      session?.features?.includes('deliberation') && ['proposals', t('proposals'), () => act.sendText(t('proposals_ask'))],
      session?.community?.phone && ['phone', t('call'), act.call],
    ].filter(Boolean);
    this.panel.replaceChildren(...offers.map((offer) => this.#panelItem(...offer)));
  }

  #panelItem(name, label, run) {
    const choose = () => {
      this.#toggle(false);
      run();
    };
    return el('button', { type: 'button', class: 'plus-item', on: { click: choose } },
      el('span', { class: 'plus-icon' }, icon(name)), el('span', {}, label));
  }

  #toggle(open) {
    if (open) {
      this.#drawPanel();
      this.input.blur();
    }
    this.panel.hidden = !open;
    this.plus.setAttribute('aria-expanded', String(open));
  }

  #closeByKey() {
    if (this.panel.hidden) return;
    this.#toggle(false);
    this.plus.focus();
  }

  #drawChips() {
    const source = chipSource(this.store.entries);
    const version = source ? `${source.key} ${source.revision}` : '';
    if (this.chips.dataset.version === version) return;
    this.chips.dataset.version = version;
    this.chips.hidden = !source;
    const chip = (each, index) => button(each.label, (event) => this.#press(source, index, event), {
      class: `chip ${buttonStyle(each.style)}`,
    });
    this.chips.replaceChildren(...(source?.buttons ?? []).map(chip));
    this.chips.scrollTop = 0;
  }

  #press(source, index, event) {
    this.act.press(source, index, event);
    if (event.detail === 0) this.input.focus();
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.#typed();
    this.act.sendText(text);
  }

  #typed() {
    remember(DRAFT_KEY, this.input.value);
    const empty = this.input.value.trim() === '';
    this.submit.hidden = empty;
    this.bar.classList.toggle('is-empty', empty);
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}

/** The newest message with buttons since the person last spoke; cards and news carry their own. */
function chipSource(entries) {
  const spoke = entries.findLastIndex((entry) => entry.direction === 'in');
  return entries.slice(spoke + 1).findLast(
    (entry) => entry.kind !== 'card' && !entry.push && entry.buttons?.length > 0,
  );
}
