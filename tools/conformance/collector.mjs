// A collector of OpenTelemetry's data that remembers who reported, for clients that report their own metrics (KIP-714).
import { createServer } from "node:http";

/** Reports of clients as they arrive at `/v1/metrics`; whatever else arrives is taken and forgotten. */
export class Collector {
  #reports = [];

  constructor(port) {
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#server = createServer((request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        if (request.url === "/v1/metrics") this.#reports.push(Buffer.concat(chunks).toString("latin1"));
        response.writeHead(200).end();
      });
    });
    this.#server.listen(port, "127.0.0.1");
    this.#server.unref();
  }

  #server;

  /** Names of metrics in reports since `mark` that carry this software name, once each. */
  metricsOf(software, mark = 0) {
    const own = this.#reports.slice(mark).filter((report) => report.includes(software));
    return {
      reports: own.length,
      names: new Set(own.flatMap((report) => report.match(/org\.apache\.kafka[\w.]+/g) ?? [])),
    };
  }

  get mark() {
    return this.#reports.length;
  }

  close() {
    this.#server.close();
  }
}
