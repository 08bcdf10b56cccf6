/* Keeps the page itself for when there is no line, and shows pushed news. Answers of the API are never kept. */
const VERSION = 'linli-1';
const PATIENCE_MS = 3000;
const SHELL = [
  './', 'style.css', 'chat.css', 'panels.css', 'manifest.webmanifest', 'icons/icon.svg', 'icons/icon-192.png', 'icons/avatar.svg',
  'actions.js', 'alarm.js', 'api.js', 'app.js', 'countdown.js', 'dom.js', 'format.js', 'i18n.js', 'icons.js',
  'locale_en.js', 'locale_zh_cn.js', 'locale_zh_hk.js', 'outbox.js', 'preferences.js', 'push.js', 'read_mark.js', 'richtext.js',
  'sheet.js', 'storage.js', 'store.js', 'stream.js', 'view_composer.js', 'view_location.js', 'view_matters.js',
  'view_message.js', 'view_photo.js', 'view_settings.js', 'view_shell.js', 'view_thread.js', 'view_ticket.js',
];
const SHELL_URLS = new Set(SHELL.map((path) => new URL(path, self.registration.scope).href));

self.addEventListener('install', (event) => {
  const fresh = SHELL.map((path) => new Request(path, { cache: 'reload' }));
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldVersions().then(() => self.clients.claim()));
});

async function dropOldVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.search = '';
  if (request.method === 'GET' && SHELL_URLS.has(url.href)) event.respondWith(newestOrKept(request, url.href));
});

/** The network first, so that a new release shows at once; the kept copy when the line is gone or too slow. */
async function newestOrKept(request, key) {
  const kept = await caches.match(key);
  const newest = fetchAndKeep(request, key);
  if (!kept) return newest;
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, kept); });
  return Promise.race([newest.catch(() => kept), patience]);
}

async function fetchAndKeep(request, key) {
  const response = await fetch(request);
  if (response.ok) (await caches.open(VERSION)).put(key, response.clone());
  return response;
}

self.addEventListener('push', (event) => {
  const news = event.data?.json() ?? {};
  event.waitUntil(show(news));
});

async function show({ title = '邻里', body = '', url = './' }) {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((page) => page.focused)) return;
  await self.registration.showNotification(title, {
    body, icon: 'icons/icon-192.png', badge: 'icons/icon-192.png', data: { url },
  });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data.url));
});

async function openPage(url) {
  const wanted = new URL(url, self.registration.scope);
  const address = wanted.origin === self.location.origin ? wanted.href : self.registration.scope;
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (page) return page.focus();
  return self.clients.openWindow(address);
}
