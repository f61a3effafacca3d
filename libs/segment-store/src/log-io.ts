import { KafkaError } from "@moldau/base";
import type { LogHome } from "./environment";
import { errnoOf, isMissing, StorageError } from "./storage-error";

/** What every call of a log goes through: whether it is still served, and what a failing disk means. */
export class LogIo {
  readonly #home: LogHome;
  readonly #path: string;
  #gone: StorageError | undefined;

  constructor(home: LogHome, path: string) {
    this.#home = home;
    this.#path = path;
  }

  /** Closed or deleted: every call is refused from here on. */
  end(what: string): void {
    this.#gone = new StorageError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, this.#path, `the log ${this.#path} ${what}`);
  }

  get isGone(): boolean {
    return this.#gone !== undefined;
  }

  refusal(): StorageError | undefined {
    return this.#home.offline ?? this.#gone;
  }

  throwIfRefused(): void {
    const refused = this.refusal();
    if (refused) throw refused;
  }

  /**
   * Runs work on the disk; an I/O error takes the whole directory offline, unless the files are missing because the log was
   * taken away meanwhile.
   */
  async run<T>(doing: string, path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageError || errnoOf(error) === undefined) throw error;
      if (this.#gone && isMissing(error)) throw this.#gone;
      throw this.#home.fail(doing, path, error);
    }
  }
}
