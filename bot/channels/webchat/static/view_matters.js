/** My matters and, for those who work on them, the to-do list: beside the chat on a desk, a sheet on a phone. */
import { button, el, iconButton } from './dom.js';
import { countdown } from './countdown.js';
import { moment } from './format.js';
import { t } from './i18n.js';
import { openSheet } from './sheet.js';
import { buttonStyle } from './view_message.js';
import { ticketDetail } from './view_ticket.js';

const WORKERS = new Set(['GWF', 'GWP', 'GLD', 'CMT', 'PRM', 'POL', 'DPT', 'DSP', 'OWC', 'VOL', 'CAP', 'CHR', 'SUP']);
const URGENCY_ORDER = 'EUNCDQ';
const CLOCKS = { accept: 'clock_accept', contact: 'clock_contact', settle: 'clock_settle' };
const WIDE = matchMedia('(min-width: 900px)');

export class Matters {
  #tab = null;
  #dialog = null;
  #drawn = 0;

  /** @param {{store: object, api: object, act: object, onCount: (unread: number) => void}} parts */
  constructor({ store, api, act, onCount }) {
    Object.assign(this, { store, api, act, onCount });
    this.content = el('div', { class: 'matters' });
    this.aside = el('aside', { class: 'side' });
    WIDE.addEventListener('change', () => this.#settle());
    this.#settle();
  }

  /** Opens the list; on a desk it is always there, so only the focus moves. */
  open() {
    this.showList();
    if (!WIDE.matches) this.#inSheet();
    else this.content.querySelector('button')?.focus();
  }

  async showTicket(number) {
    if (!WIDE.matches) this.#inSheet();
    const turn = this.#begin();
    this.#replace(turn, el('p', { class: 'hint' }, t('loading')));
    try {
      const ticket = await this.api.ticket(number);
      this.#replace(turn, this.#back(), ticketDetail(ticket, (action) => this.#press(action)));
      this.content.querySelector('h3')?.focus();
    } catch {
      this.#replace(turn, this.#back(), this.#failure(() => this.showTicket(number)));
    }
  }

  /** Fetches and draws the current tab, and counts what is new. */
  async showList() {
    const turn = this.#begin();
    this.aside.setAttribute('aria-label', t('my_matters'));
    try {
      const items = await (this.#current() === 'todo' ? this.#todo() : this.#tickets());
      this.#replace(turn, this.#tabs(), ...items);
    } catch {
      this.#replace(turn, this.#tabs(), this.#failure(() => this.showList()));
    }
  }

  /** News about a matter came: counts what is unread, and redraws a list that is in view. */
  refresh() {
    const inView = (WIDE.matches || this.#dialog) && !this.content.querySelector('.ticket');
    if (inView) this.showList();
    if (!inView || this.#current() !== 'mine') this.#tickets().catch(() => {});
  }

  #begin() {
    this.#drawn += 1;
    return this.#drawn;
  }

  /** Draws unless something newer was asked for meanwhile; the focus stays where it was in the list. */
  #replace(turn, ...nodes) {
    if (turn !== this.#drawn) return;
    const buttons = () => [...this.content.querySelectorAll('button')];
    const focused = buttons().indexOf(document.activeElement);
    this.content.replaceChildren(...nodes.filter(Boolean));
    if (focused >= 0) (buttons()[focused] ?? buttons()[0])?.focus({ preventScroll: true });
  }

  #settle() {
    this.#dialog?.close();
    if (WIDE.matches) this.aside.append(this.content);
  }

  #inSheet() {
    if (this.#dialog) return;
    const onClose = () => {
      this.#dialog = null;
      this.#settle();
    };
    this.#dialog = openSheet(t('my_matters'), [this.content], { class: 'is-full', onClose });
  }

  #isWorker() {
    return this.store.session?.roles?.some((role) => WORKERS.has(role)) ?? false;
  }

  #current() {
    return this.#isWorker() ? this.#tab ?? 'todo' : 'mine';
  }

  #tabs() {
    if (!this.#isWorker()) return WIDE.matches && el('h2', { class: 'side-title' }, t('my_matters'));
    const tab = (name, label) => button(label, () => this.#switch(name), {
      class: 'tab', 'aria-pressed': String(this.#current() === name),
    });
    return el('div', { class: 'tabs', role: 'group', 'aria-label': t('lists') },
      tab('mine', t('my_matters')), tab('todo', t('todo')));
  }

  async #switch(name) {
    this.#tab = name;
    await this.showList();
    this.content.querySelector('[aria-pressed=true]')?.focus();
  }

  async #tickets() {
    const { tickets } = await this.api.tickets();
    this.onCount(tickets.filter((ticket) => ticket.unread).length);
    if (!tickets.length) return [el('p', { class: 'hint' }, t('no_matters'))];
    return [el('ul', { class: 'matter-list' }, ...tickets.map((ticket) => this.#ticketRow(ticket)))];
  }

  async #todo() {
    const { items } = await this.api.todo();
    if (!items.length) return [el('p', { class: 'hint' }, t('no_todo'))];
    items.sort((a, b) => urgencyRank(a) - urgencyRank(b) || deadline(a) - deadline(b));
    return [el('ul', { class: 'matter-list' }, ...items.map((item) => this.#todoRow(item)))];
  }

  #ticketRow(ticket) {
    return el('li', { class: `matter urgency-${ticket.urgency}` }, this.#openButton(ticket,
      el('span', { class: 'matter-meta' },
        el('span', { class: 'tag' }, ticket.status_text),
        ticket.due_at && el('span', {}, t('due', { time: moment(ticket.due_at) })))));
  }

  #todoRow(item) {
    const clock = item.countdown_to && countdown(item.countdown_to, item.clock in CLOCKS ? t(CLOCKS[item.clock]) : '');
    return el('li', { class: `matter urgency-${item.urgency}` },
      this.#openButton(item, el('span', { class: 'matter-meta' }, el('span', { class: 'tag' }, item.status_text), clock)),
      el('div', { class: 'matter-actions' }, ...(item.actions ?? []).map((action) => (
        button(action.label, () => this.#press(action), { class: `button is-small ${buttonStyle(action.style)}` })))));
  }

  #openButton(ticket, meta) {
    const urgent = 'EU'.includes(ticket.urgency) && t(`urgency_${ticket.urgency}`);
    return el('button', { type: 'button', class: 'matter-open', on: { click: () => this.showTicket(ticket.number) } },
      el('span', { class: 'matter-summary', dir: 'auto' },
        urgent && el('span', { class: `tag urgency-${ticket.urgency}` }, urgent),
        ticket.unread && el('span', { class: 'new' }, t('new')),
        ticket.summary),
      el('span', { class: 'matter-place' }, [ticket.place, ticket.category_text].filter(Boolean).join(' · ')),
      meta,
      el('span', { class: 'matter-number' }, ticket.number));
  }

  #back() {
    return iconButton('back', t('back_to_list'), () => this.showList(), { class: 'icon-button back' });
  }

  #failure(again) {
    return el('div', { class: 'hint' },
      el('p', {}, t('load_failed')),
      button(t('try_again'), again, { class: 'button is-plain' }));
  }

  /** An action is a message: it is sent, and the answer is read in the chat. */
  #press(action) {
    this.#dialog?.close();
    this.act.sendAction(action);
    if (WIDE.matches) this.showList();
  }
}

function deadline({ countdown_to: until }) {
  return until ? Date.parse(until) : Infinity;
}

function urgencyRank({ urgency }) {
  const rank = URGENCY_ORDER.indexOf(urgency);
  return rank < 0 ? URGENCY_ORDER.length : rank;
}
