import type { Config } from "@moldau/config";
import { type Listener, ListenError, parseListeners, type RoleContext } from "@moldau/host";
import type { KafkaServer } from "@moldau/net";

/** Connections at an address that is given up may finish what is under way within this. */
const GRACE_MS = 1_000;

/** The listeners that are for clients: all but the one of the other roles. @throws ListenError where there is none */
export function clientListeners(config: Pick<Config, "list">): [Listener, ...Listener[]] {
  const [first, ...others] = parseListeners("listeners", config.list("listeners")).filter(({ name }) => name !== "RPC");
  if (first === undefined) {
    throw new ListenError(
      "listeners: a gateway needs a listener for clients, e.g. listeners=PLAINTEXT://127.0.0.1:9092",
    );
  }
  return [first, ...others];
}

interface Open {
  listener: Listener;
  /** The port as the system gave it, which differs where none was asked for. */
  bound: number;
}

/**
 * The addresses at which a gateway listens, one for each listener, and how they change while it runs: what is new is opened
 * before what is gone is closed. An address that cannot be opened is told in the log, and the others serve.
 * Source: DynamicListenerConfig, SocketServer.addListeners.
 */
export class ClientListeners {
  readonly #open = new Map<string, Open>();
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly server: Pick<KafkaServer<unknown>, "listen" | "unlisten">,
    private readonly log: RoleContext["telemetry"]["log"],
  ) {}

  get size(): number {
    return this.#open.size;
  }

  /** Opens a port for a listener of that name; gives its number. @throws ListenError */
  async listen({ name, host, port }: Listener): Promise<number> {
    const address = host || "0.0.0.0";
    try {
      return await this.server.listen({ host: address, port, label: name });
    } catch (error) {
      throw new ListenError(
        (error as { cause?: NodeJS.ErrnoException }).cause?.code === "EADDRINUSE" ||
          /EADDRINUSE|taken/.test(String(error))
          ? `port ${address}:${port} is taken: stop what listens there or choose another one (--port, listeners)`
          : (error as Error).message,
      );
    }
  }

  /** Opens a listener for good; gives its port. @throws ListenError */
  async open(listener: Listener): Promise<number> {
    const bound = await this.listen(listener);
    this.#open.set(listener.name, { listener, bound });
    return bound;
  }

  /** From now on exactly these. Resolves when it is so, as far as it can be. */
  follow(wanted: readonly Listener[]): Promise<void> {
    this.#work = this.#work.then(() => this.#reconcile(wanted));
    return this.#work;
  }

  async #reconcile(wanted: readonly Listener[]): Promise<void> {
    const gone = [...this.#open.values()].filter(({ listener }) => !wanted.some((each) => isSame(each, listener)));
    const fresh = wanted.filter((each) => !isSame(each, this.#open.get(each.name)?.listener));
    // An address cannot be opened while its port is in use at another one.
    const inTheWay = gone.filter(({ bound }) => fresh.some(({ port }) => port === bound));
    await this.#close(inTheWay);
    for (const listener of fresh) {
      try {
        await this.open(listener);
        this.log.info({ listener: listener.name, port: listener.port }, "listening");
      } catch (error) {
        this.log.error({ listener: listener.name, err: error }, (error as Error).message);
      }
    }
    await this.#close(gone.filter((each) => !inTheWay.includes(each)));
  }

  async #close(gone: readonly Open[]): Promise<void> {
    for (const { listener, bound } of gone) {
      if (this.#open.get(listener.name)?.bound === bound) this.#open.delete(listener.name);
      await this.server.unlisten(bound, GRACE_MS);
      this.log.info({ listener: listener.name, port: bound }, "listens no more");
    }
  }
}

function isSame(a: Listener, b: Listener | undefined): boolean {
  return b !== undefined && a.name === b.name && a.host === b.host && a.port === b.port;
}
