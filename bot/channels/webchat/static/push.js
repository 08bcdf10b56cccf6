/** Notifications of this browser: the service worker, the permission and the subscription the server keeps. */

export class Push {
  /** @param {{api: object, key: () => string|null}} parts `key` gives the server's public key */
  constructor({ api, key }) {
    Object.assign(this, { api, key });
  }

  isPossible() {
    return Boolean(this.key()) && 'serviceWorker' in navigator && 'PushManager' in window;
  }

  async isOn() {
    return Boolean(await (await this.#manager())?.getSubscription());
  }

  async turnOn() {
    if (await Notification.requestPermission() !== 'granted') throw new Error('not allowed');
    const manager = await this.#manager();
    const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.key()) });
    await this.api.subscribe(subscription.toJSON());
  }

  /** `tell` is false when the server has forgotten the person already. */
  async turnOff({ tell = true } = {}) {
    const subscription = await (await this.#manager())?.getSubscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    if (tell) await this.api.unsubscribe(subscription.endpoint);
  }

  async #manager() {
    return (await navigator.serviceWorker?.getRegistration())?.pushManager;
  }
}

function bytes(base64url) {
  const base64 = base64url.replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
