import type { ClientMetric } from "./api";

/** What went over a client's connections since it began. */
export class Traffic {
  requests = 0;
  responses = 0;
  bytesOut = 0;
  bytesIn = 0;
  connectionsMade = 0;
  connectionsClosed = 0;

  /** Under the names that Java's client has for them. Source: org.apache.kafka.common.network.Selector. */
  metrics(group: string): ClientMetric[] {
    const values = {
      "connection-close-total": this.connectionsClosed,
      "connection-count": this.connectionsMade - this.connectionsClosed,
      "connection-creation-total": this.connectionsMade,
      "incoming-byte-total": this.bytesIn,
      "outgoing-byte-total": this.bytesOut,
      "request-total": this.requests,
      "response-total": this.responses,
    };
    return Object.entries(values).map(([name, value]) => ({ group, name, value }));
  }
}
