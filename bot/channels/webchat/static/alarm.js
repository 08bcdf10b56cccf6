/** A sleep that can be cut short: waits between attempts, woken when the line is back. */
export class Alarm {
  #ring = () => {};

  wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  ring() {
    this.#ring();
  }
}

/** Pause before attempt `count`: one second, doubling, at most half a minute, never in step with others. */
export function backoff(count) {
  return Math.min(30_000, 1000 * 2 ** (count - 1)) * (0.75 + Math.random() / 2);
}
