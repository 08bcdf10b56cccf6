/** The place sheet: where the phone is, or a building or landmark from the community's list. */
import { button, el, icon } from './dom.js';
import { t } from './i18n.js';
import { openSheet } from './sheet.js';

/**
 * @param {{places: () => Promise<object>, onSend: (location: object) => void}} parts
 */
export async function openLocation({ places, onSend }) {
  const send = (location) => {
    dialog.close();
    onSend(location);
  };
  const status = el('p', { class: 'hint', role: 'status' });
  const list = el('div', { class: 'places' }, el('p', { class: 'hint' }, t('loading')));
  const confirm = button(t('location_send'), () => send(chosen(list)), { class: 'button is-primary is-wide', disabled: true });
  list.addEventListener('change', () => { confirm.disabled = false; });
  const here = el('button', { type: 'button', class: 'row-button', on: { click: () => locate(status, send) } },
    icon('place'), el('span', {}, t('location_here')));
  const search = el('input', {
    type: 'search', id: 'place-search', class: 'field', placeholder: t('location_search_hint'), autocomplete: 'off',
  });
  const dialog = openSheet(t('location_title'), [
    here, status,
    el('label', { for: 'place-search' }, t('location_search')), search, list,
    el('div', { class: 'sheet-actions is-sticky' }, confirm),
  ], { class: 'is-tall' });
  try {
    const groups = toGroups(await places());
    list.replaceChildren(...groups.map(groupView), el('p', { class: 'hint', hidden: true }, t('location_none')));
    search.addEventListener('input', () => filter(list, search.value));
    filter(list, search.value); // what was typed before the list came
  } catch {
    list.replaceChildren(el('p', { class: 'hint' }, t('places_failed')));
  }
}

function toGroups({ estates = [], landmarks = [] }) {
  const buildings = estates.map(({ name, buildings: places }) => ({ name, places, prefix: `${name} ` }));
  return [...buildings, { name: t('landmarks'), places: landmarks, prefix: '' }].filter(({ places }) => places.length);
}

function groupView({ name, places, prefix }) {
  return el('fieldset', { class: 'place-group' }, el('legend', {}, name),
    el('div', { class: 'place-grid' }, ...places.map((place) => placeView(place, prefix + place.name))));
}

function placeView({ id, name }, label) {
  return el('label', { class: 'place', 'data-search': label.toLowerCase() },
    el('input', { type: 'radio', name: 'place', value: id, 'data-label': label }),
    el('span', {}, name));
}

function chosen(list) {
  const { value, dataset } = list.querySelector('input:checked');
  return { place_id: value, label: dataset.label };
}

function filter(list, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let any = false;
  for (const group of list.querySelectorAll('.place-group')) {
    let shown = 0;
    for (const place of group.querySelectorAll('.place')) {
      place.hidden = !words.every((word) => place.dataset.search.includes(word));
      shown += !place.hidden;
    }
    group.hidden = shown === 0;
    any ||= shown > 0;
  }
  list.lastChild.hidden = any;
}

function locate(status, send) {
  if (!navigator.geolocation) {
    status.textContent = t('location_off');
    return;
  }
  status.textContent = t('location_finding');
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => status.isConnected && send({ lat: coords.latitude, lon: coords.longitude, label: t('location_mine') }),
    (error) => { status.textContent = t(error.code === 1 ? 'location_denied' : 'location_off'); },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}
