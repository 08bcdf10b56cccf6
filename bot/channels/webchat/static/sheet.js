/** Sheets: modal dialogs from the bottom on a phone, in the middle on a desk. Esc, the cross or a tap outside closes. */
import { el, iconButton } from './dom.js';
import { t } from './i18n.js';

let count = 0;

/**
 * @param {string} title
 * @param {Node[]} content
 * @param {{class?: string, mustAnswer?: boolean, onClose?: () => void}} [options] with `mustAnswer` only its own buttons close it
 * @returns {HTMLDialogElement}
 */
export function openSheet(title, content, { class: extra = '', mustAnswer = false, onClose } = {}) {
  const id = `sheet-${(count += 1)}`;
  const dialog = el('dialog', { class: `sheet ${extra}`, 'aria-labelledby': id },
    el('header', { class: 'sheet-head' },
      el('h2', { id, tabindex: '-1', autofocus: true }, title),
      !mustAnswer && iconButton('close', t('close'), () => dialog.close(), { class: 'icon-button sheet-close' })),
    el('div', { class: 'sheet-body', tabindex: '-1' }, ...content),
    el('div', { class: 'toasts', role: 'status' }));
  dialog.addEventListener('close', () => {
    dialog.remove();
    toastRegion().append(...dialog.querySelectorAll('.toast'));
    onClose?.();
  });
  dialog.addEventListener('cancel', (event) => mustAnswer && event.preventDefault());
  dialog.addEventListener('keydown', (event) => mustAnswer && event.key === 'Escape' && event.preventDefault());
  if (!mustAnswer) dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Shows one photo as large as the screen allows. */
export function openPhoto(url) {
  const image = el('img', { src: url, alt: t('photo') });
  openSheet(t('photo'), [image], { class: 'photo-sheet' });
}

/** A short word at the top of the page, or of the sheet that is open; read out and gone after a while. */
export function toast(text) {
  const note = el('p', { class: 'toast' }, text);
  toastRegion().replaceChildren(note);
  setTimeout(() => note.remove(), 6000);
}

function toastRegion() {
  return [...document.querySelectorAll('.toasts')].at(-1);
}

export function closeSheets() {
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
}
