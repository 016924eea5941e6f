/** Reports once that nobody waits any more. Node's own signal costs as much as the rest of a call. */
export class Gone {
  readonly #listeners = new Set<() => void>();
  #gone = false;

  get gone(): boolean {
    return this.#gone;
  }

  tell(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /** Calls `listener` when nobody waits any more, or never. */
  add(listener: () => void): void {
    this.#listeners.add(listener);
  }

  remove(listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
