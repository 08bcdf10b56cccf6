/** One matter: what it is, where it stands, what happened so far, what can be done. */
import { button, el } from './dom.js';
import { countdown } from './countdown.js';
import { moment } from './format.js';
import { t } from './i18n.js';
import { buttonStyle, photoRow } from './view_message.js';

/**
 * @param {object} ticket
 * @param {(action: object) => void} onAction
 */
export function ticketDetail(ticket, onAction) {
  return el('article', { class: `ticket urgency-${ticket.urgency}` },
    el('h3', { tabindex: '-1', dir: 'auto' }, ticket.summary),
    el('p', { class: 'ticket-number' }, ticket.number),
    facts(ticket),
    actions(ticket, onAction),
    el('h4', {}, t('timeline')),
    el('ol', { class: 'timeline' }, ...[...(ticket.timeline ?? [])].reverse().map(step)));
}

function facts(ticket) {
  const rows = [
    [t('fact_status'), ticket.status_text],
    [t('fact_category'), ticket.category_text],
    [t('fact_place'), ticket.place],
    [t('fact_filed'), ticket.filed_at && moment(ticket.filed_at)],
    [t('fact_due'), ticket.due_at && moment(ticket.due_at)],
    [t('fact_clock'), ticket.countdown_to && countdown(ticket.countdown_to)],
  ].filter(([, value]) => value);
  return el('dl', { class: 'card-lines' }, ...rows.map(([label, value]) => (
    el('div', {}, el('dt', {}, label), el('dd', { dir: 'auto' }, value)))));
}

function actions(ticket, onAction) {
  const one = (action) => button(action.label, () => onAction(action), { class: `button ${buttonStyle(action.style)}` });
  return ticket.actions?.length > 0 && el('div', { class: 'card-buttons' }, ...ticket.actions.map(one));
}

function step({ at, text, by_role_text: by, photos }) {
  return el('li', {},
    el('p', { class: 'step-text', dir: 'auto' }, text),
    el('p', { class: 'step-meta' }, [by, moment(at)].filter(Boolean).join(' · ')),
    photoRow(photos));
}
