/** One message: bubble, card, photo, place or notice. */
import { button, el, icon, safeImageUrl } from './dom.js';
import { countdown } from './countdown.js';
import { t } from './i18n.js';
import { guessLanguage, richText } from './richtext.js';
import { openPhoto } from './sheet.js';

/**
 * @param {object} entry a message of the store
 * @param {object} act what can be done: press, resend, discard, openTicket
 * @param {{pressed?: number, initial: string}} view `pressed` is the index of the button used before
 */
export function messageView(entry, act, view) {
  if (entry.kind === 'notice') return noticeView(entry);
  const own = entry.direction === 'in';
  const side = own ? 'is-own' : 'is-theirs';
  return el('div', { class: `message ${side}`, tabindex: '-1', 'data-seq': entry.seq },
    avatar(own, view.initial),
    el('div', { class: 'message-main' },
      el('span', { class: 'sr-only' }, t(own ? 'from_me' : 'from_linli')),
      content(entry, act, view),
      own && sendingState(entry, act)));
}

function noticeView(entry) {
  return el('div', { class: 'notice', ...textLanguage(entry) }, ...richText(entry.text));
}

function avatar(own, initial) {
  if (own) return el('span', { class: 'avatar is-own', 'aria-hidden': 'true' }, initial);
  return el('img', { class: 'avatar', src: 'icons/avatar.svg', alt: '', width: 40, height: 40 });
}

function content(entry, act, view) {
  if (entry.kind === 'card' && entry.card) return [entry.text && bubble(entry), cardView(entry, act, view)];
  const news = entry.push && cardButtons(entry, act, view);
  if (entry.kind === 'image') return photoView(entry, news);
  return bubble(entry, entry.kind === 'location' && icon('place'), news);
}

function bubble(entry, mark, buttons) {
  return el('div', { class: mark ? 'bubble has-mark' : 'bubble' }, mark, text(entry), buttons);
}

function text(entry) {
  return el('p', { class: 'text', dir: 'auto', ...textLanguage(entry) }, ...richText(entry.text));
}

function textLanguage(entry) {
  return { lang: entry.lang ?? guessLanguage(entry.text) };
}

/** Photos without a bubble, as WeChat shows them; words and buttons that came along stand below. */
function photoView(entry, buttons) {
  const urls = (entry.photos?.length ? entry.photos : [entry.image_url ?? entry.preview]).map(safeImageUrl).filter(Boolean);
  if (!urls.length) return bubble({ ...entry, text: entry.text || t('photo') }, null, buttons);
  return el('div', { class: 'photo' },
    urls.length > 1 ? photoRow(urls) : photoButton(urls[0]),
    entry.state === 'sending' && el('progress', { max: 1, value: entry.progress ?? 0, 'aria-label': t('uploading') }),
    (entry.text || buttons) && bubble(entry, null, buttons));
}

function photoButton(url, shown = url) {
  return el('button', { type: 'button', class: 'photo-button', on: { click: () => openPhoto(url) } },
    el('img', { src: shown, alt: t('photo_open'), loading: 'lazy' }));
}

/** Thumbnails in a row, each opening large. */
export function photoRow(urls) {
  const safe = (urls ?? []).map(safeImageUrl).filter(Boolean);
  return safe.length > 0 && el('div', { class: 'photo-row' }, ...safe.map((url) => photoButton(url, thumbnail(url))));
}

/** The small copy the server keeps of an attachment. */
function thumbnail(url) {
  return url.includes('/chat/api/attachments/') ? `${url}?size=thumb` : url;
}

function cardView(entry, act, view) {
  const { card } = entry;
  const urgent = card.urgency in URGENT;
  return el('section', { class: `bubble card urgency-${card.urgency}`, 'aria-label': card.title },
    el('div', { class: 'card-head' },
      el('h2', { class: 'card-title', dir: 'auto' }, card.title),
      urgent && el('span', { class: `tag urgency-${card.urgency}` }, t(URGENT[card.urgency]))),
    card.lines?.length > 0 && el('dl', { class: 'card-lines' }, ...card.lines.map(cardLine)),
    card.countdown_to && el('p', { class: 'card-clock' }, icon('clock'), countdown(card.countdown_to)),
    photoRow(card.photos),
    cardButtons(entry, act, view),
    entry.ticket && ticketLink(entry.ticket.number, act));
}

const URGENT = { E: 'urgency_E', U: 'urgency_U' };

function cardLine({ label, value }) {
  return el('div', {}, el('dt', {}, label), el('dd', { dir: 'auto' }, ...richText(String(value))));
}

function ticketLink(number, act) {
  return el('button', { type: 'button', class: 'card-link', on: { click: () => act.openTicket(number) } },
    el('span', {}, t('ticket_open', { number })), icon('next'));
}

function cardButtons(entry, act, { pressed }) {
  const used = pressed !== undefined;
  const one = (each, index) => button(each.label, (event) => act.press(entry, index, event), {
    class: `button ${buttonStyle(each.style)} ${used && index === pressed ? 'is-pressed' : ''}`,
    disabled: used,
    'aria-pressed': used && index === pressed ? 'true' : null,
  });
  return entry.buttons.length > 0 && el('div', { class: 'card-buttons' }, ...entry.buttons.map(one));
}

/** The class for a button style of the server; an unknown one is an ordinary button. */
export function buttonStyle(style) {
  return ['primary', 'danger'].includes(style) ? `is-${style}` : 'is-plain';
}

function sendingState(entry, act) {
  if (entry.state === 'failed') return failure(entry, act);
  if (entry.state === 'sent') return null;
  return el('span', { class: `sending is-${entry.state}`, role: 'img', 'aria-label': t(`state_${entry.state}`) },
    icon('clock'));
}

function failure(entry, act) {
  return el('div', { class: 'failure' },
    el('span', { class: 'failure-text' }, icon('alert'), entry.problem || t('state_failed')),
    button(t('resend'), () => act.resend(entry.key), { class: 'button is-plain is-small' }),
    button(t('discard'), () => act.discard(entry.key), { class: 'button is-plain is-small' }));
}
