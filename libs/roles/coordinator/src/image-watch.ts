/** Lets a driver sleep until the metadata changes, at most for a while, or until it is told to stop. */
export class ImageWatch {
  private readonly sleepers = new Set<() => void>();

  /** The metadata changed: whoever sleeps looks again. */
  changed(): void {
    for (const wake of [...this.sleepers]) wake();
  }

  /** Resolves on a change, after `ms`, or when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener("abort", wake);
      this.sleepers.add(wake);
    });
  }
}
