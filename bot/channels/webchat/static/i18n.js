/** Every word of the page itself, in three languages. What the bot says comes from the server, in its own. */
import { en } from './locale_en.js';
import { zhCN } from './locale_zh_cn.js';
import { zhHK } from './locale_zh_hk.js';

export const STRINGS = { 'zh-CN': zhCN, 'zh-HK': zhHK, en };

/** Each language under its own name. */
export const LANGUAGE_NAMES = { 'zh-CN': '简体中文', 'zh-HK': '繁體中文（粵語）', en: 'English' };

let current = 'zh-CN';

/** The text of `key`, with `{name}` places filled from `params`. */
export function t(key, params = {}) {
  return STRINGS[current][key].replace(/\{(\w+)\}/g, (_, name) => params[name]);
}

export function locale() {
  return current;
}

export function setLocale(wanted) {
  current = wanted in STRINGS ? wanted : 'zh-CN';
  document.documentElement.lang = current;
}

/** The page's language for what a browser prefers: `zh-Hant-TW` → `zh-HK`, `fr` → `en`. */
export function matchLocale(languages) {
  for (const language of languages) {
    if (/^(yue|zh-(hant|hk|tw|mo))/i.test(language)) return 'zh-HK';
    if (/^zh/i.test(language)) return 'zh-CN';
    if (/^en/i.test(language)) return 'en';
  }
  return 'en';
}
