import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** What the admin port shows of a process, or of all processes of a local cluster. */
export interface AdminSource {
  /** Empty when clients can be served; else one line a reason. */
  notReady(): Promise<string[]> | string[];
  /** Prometheus exposition text. */
  metrics(): Promise<string>;
}

export interface AdminServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/livez`, `/readyz` and `/metrics`. `/readyz` answers 503 with its reasons until clients can be served.
 * @throws ListenError where the port is taken
 */
export async function startAdminServer(options: {
  host: string;
  port: number;
  source: AdminSource;
}): Promise<AdminServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0];
    const answer = (status: number, body: string, type = "text/plain; charset=utf-8") => {
      response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    void (async () => {
      if (request.method !== "GET" && request.method !== "HEAD") return answer(405, "only GET\n");
      switch (path) {
        case "/livez":
          return answer(200, "ok\n");
        case "/readyz": {
          const reasons = await options.source.notReady();
          return reasons.length === 0 ? answer(200, "ok\n") : answer(503, `${reasons.join("\n")}\n`);
        }
        case "/metrics":
          return answer(200, await options.source.metrics(), "text/plain; version=0.0.4; charset=utf-8");
        default:
          return answer(404, "one of /livez, /readyz, /metrics\n");
      }
    })().catch((error: unknown) => answer(500, `${String(error)}\n`));
  });
  server.headersTimeout = 10_000;
  server.maxConnections = 64;
  await listen(server, options.host, options.port);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    host: options.host,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.race([closed, delay(500, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A listening port that could not be had; its message tells a person what to do. */
export class ListenError extends Error {
  override name = "ListenError";
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new ListenError(
          error.code === "EADDRINUSE"
            ? `admin port ${host}:${port} is taken: stop what listens there or choose another one (--admin-port, moldau.admin.listener)`
            : `cannot listen on ${host}:${port} for the admin port: ${error.message}`,
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}
