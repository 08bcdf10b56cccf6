/** Builds DOM nodes; data only ever becomes text nodes or checked attributes. */
import { ICONS } from './icons.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `on` holds listeners, `false` and `null` leave an attribute out
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'on') {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else {
    node.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A decorative line icon, always next to a text label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export function button(label, onClick, props = {}) {
  return el('button', { type: 'button', class: 'button', on: { click: onClick }, ...props }, label);
}

/** A button drawn as an icon; its words show in large type and are always read out. */
export function iconButton(name, label, onClick, props = {}) {
  const words = el('span', { class: 'icon-label' }, label);
  const basics = { type: 'button', class: 'icon-button', title: label, on: { click: onClick } };
  return el('button', { ...basics, ...props }, icon(name), words);
}

/** Same-origin relative or blob URLs only; anything else is dropped. */
export function safeImageUrl(url) {
  try {
    const parsed = new URL(url ?? 'about:', location.href);
    return parsed.origin === location.origin ? parsed.href : null;
  } catch {
    return null;
  }
}
