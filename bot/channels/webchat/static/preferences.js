/** How this person likes the page: kept on the device. */
import { recall, remember } from './storage.js';

const LARGE_KEY = 'linli.large';

export function largeType() {
  return recall(LARGE_KEY) === true;
}

export function setLargeType(on) {
  remember(LARGE_KEY, on);
  applyPreferences();
}

export function applyPreferences() {
  document.documentElement.classList.toggle('is-large', largeType());
}
