/** Settings: language, large type, notifications, invitation code, one's own data, the office's phone. */
import { button, el, icon } from './dom.js';
import { LANGUAGE_NAMES, locale, t } from './i18n.js';
import { largeType, setLargeType } from './preferences.js';
import { openSheet, toast } from './sheet.js';

/**
 * @param {{session: object, act: object, push: object}} parts
 */
export function openSettings({ session, act, push }) {
  const dialog = openSheet(t('settings'), [
    languageChoice(async (chosen) => {
      await act.setLocale(chosen);
      dialog.close();
      openSettings({ session, act, push });
    }),
    toggle('large-type', t('large_type'), t('large_type_hint'), largeType(), setLargeType),
    notificationToggle(push),
    linkPart(act),
    joinForm(act, () => dialog.close()),
    session?.community?.phone && phoneLink(session.community.phone),
    el('div', { class: 'setting' },
      el('h3', {}, t('my_data')),
      el('div', { class: 'card-buttons' },
        button(t('export'), () => attempt(act.exportData), { class: 'button is-plain' }),
        button(t('erase'), () => askErase(act), { class: 'button is-danger' }))),
  ]);
}

function languageChoice(onChoose) {
  const option = ([code, name]) => el('label', { class: 'choice', lang: code },
    el('input', {
      type: 'radio', name: 'language', value: code, checked: code === locale(), on: { change: () => onChoose(code) },
    }),
    el('span', {}, name));
  return el('fieldset', { class: 'setting' }, el('legend', {}, t('language')),
    el('div', { class: 'choices' }, ...Object.entries(LANGUAGE_NAMES).map(option)));
}

function toggle(id, label, hint, checked, onChange) {
  const box = el('input', { type: 'checkbox', role: 'switch', id, checked, 'aria-describedby': `${id}-hint` });
  box.addEventListener('change', () => onChange(box.checked, box));
  return el('div', { class: 'setting is-toggle' },
    el('label', { for: id }, label), box, el('p', { class: 'hint', id: `${id}-hint` }, hint));
}

/** The switch says what the device really has, so it turns back when asking fails. */
function notificationToggle(push) {
  if (!push.isPossible()) return toggleOff();
  const node = toggle('notifications', t('notifications'), t('notifications_hint'), false, async (on, box) => {
    try {
      await (on ? push.turnOn() : push.turnOff());
    } catch {
      toast(t('notifications_failed'));
    }
    box.checked = await push.isOn();
  });
  push.isOn().then((on) => { node.querySelector('input').checked = on; });
  return node;
}

function toggleOff() {
  const node = toggle('notifications', t('notifications'), t('notifications_missing'), false, () => {});
  node.querySelector('input').disabled = true;
  return node;
}

/** A code for elsewhere: made when it is wanted, because it is good for minutes only. */
function linkPart(act) {
  const shown = el('div', { role: 'status' });
  const ask = async () => {
    const given = await attempt(act.linkCode);
    if (given) shown.replaceChildren(...linkCode(given));
  };
  return el('div', { class: 'setting' },
    el('h3', {}, t('link')),
    el('p', { class: 'hint' }, t('link_hint')),
    button(t('link_ask'), ask, { class: 'button is-plain' }), shown);
}

function linkCode({ code, telegram }) {
  return [
    el('p', {}, el('code', { class: 'link-code' }, code)),
    el('p', { class: 'hint' }, t('link_give')),
    telegram && el('a', { class: 'row-button', href: telegram, target: '_blank', rel: 'noopener noreferrer' }, t('link_telegram')),
  ].filter(Boolean);
}

function joinForm(act, done) {
  const code = el('input', { id: 'join-code', class: 'field', autocomplete: 'one-time-code', spellcheck: 'false' });
  const submit = async (event) => {
    event.preventDefault();
    if (code.value.trim() && await act.join(code.value.trim())) done();
  };
  return el('form', { class: 'setting', on: { submit } },
    el('label', { for: 'join-code' }, t('join')),
    el('div', { class: 'field-row' }, code, el('button', { class: 'button is-plain' }, t('join_submit'))),
    el('p', { class: 'hint' }, t('join_hint')));
}

function phoneLink(phone) {
  return el('div', { class: 'setting' },
    el('a', { class: 'row-button', href: `tel:${phone.replace(/[^\d+*#]/g, '')}` },
      icon('phone'), el('span', {}, t('call_office', { phone }))));
}

async function askErase(act) {
  const token = await attempt(act.askErase);
  if (!token) return;
  const dialog = openSheet(t('erase_title'), [
    el('p', {}, t('erase_text')),
    el('div', { class: 'sheet-actions' },
      button(t('cancel'), () => dialog.close(), { class: 'button is-plain' }),
      button(t('erase_confirm'), () => attempt(() => act.confirmErase(token)), { class: 'button is-danger' })),
  ]);
}

async function attempt(work) {
  try {
    return await work();
  } catch {
    toast(t('load_failed'));
    return null;
  }
}

/** The first visit's one-screen notice; it stays until it is accepted. */
export function openNotice({ notice, onAccept, content, phone }) {
  const accept = async () => {
    if (await attempt(async () => { await onAccept(); return true; })) dialog.close();
  };
  const dialog = openSheet(t('notice_title'), [
    el('div', { class: 'notice-text', dir: 'auto' }, ...content(notice.text)),
    phone && phoneLink(phone),
    el('div', { class: 'sheet-actions is-sticky' }, button(t('notice_accept'), accept, { class: 'button is-primary is-wide' })),
  ], { mustAnswer: true });
}
