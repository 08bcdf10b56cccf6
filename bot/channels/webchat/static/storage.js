/** What stays on this device: the queue of unsent messages, and small settings. */
const TABLE = 'outbox';
const FALLBACK_KEY = 'linli.outbox';

/** @returns {Promise<{all(), put(item), remove(id), clear()}>} IndexedDB, or localStorage where there is none */
export async function openQueue() {
  try {
    return indexedQueue(await openDatabase());
  } catch {
    return plainQueue();
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('linli', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'client_msg_id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function indexedQueue(database) {
  const run = (mode, work) => new Promise((resolve, reject) => {
    const transaction = database.transaction(TABLE, mode);
    const request = work(transaction.objectStore(TABLE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  return {
    all: () => run('readonly', (table) => table.getAll()),
    put: (item) => run('readwrite', (table) => table.put(item)),
    remove: (id) => run('readwrite', (table) => table.delete(id)),
    clear: () => run('readwrite', (table) => table.clear()),
  };
}

/** Photos do not survive a reload here; everything else does. */
function plainQueue() {
  const items = new Map((recall(FALLBACK_KEY) ?? []).map((item) => [item.client_msg_id, item]));
  const save = () => remember(FALLBACK_KEY, [...items.values()].filter((item) => !item.photo));
  return {
    all: async () => [...items.values()],
    put: async (item) => { items.set(item.client_msg_id, item); save(); },
    remove: async (id) => { items.delete(id); save(); },
    clear: async () => { items.clear(); save(); },
  };
}

/** Keeps a small value; a full or forbidden storage is not worth an error. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    /* the page works without it */
  }
}

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function forgetAll() {
  try {
    localStorage.clear();
  } catch {
    /* nothing was kept */
  }
}
