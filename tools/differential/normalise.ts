// Answers without what is legitimately different between two clusters: ids that a broker invents, ports, the time.

const zeroUuid = "AAAAAAAAAAAAAAAAAAAAAA";
const uuidFields = new Set(["topicId", "voterDirectoryId", "replicaDirectoryId", "clientInstanceId"]);
/** Numbers that a broker hands out, by field; the values below are nobody's. */
const handedOut: Record<string, string> = {
  producerId: "producer",
  sessionId: "session",
  subscriptionId: "subscription",
};
const strangersFrom = 900_000;
const timeNow = { from: 1.6e12, to: 1e13 };
const longUuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Lists whose order is a meaning. */
const ordered = new Set(["synonyms", "replicaNodes", "replicas", "isrNodes", "addingReplicas", "removingReplicas"]);

/** One for each cluster: it gives its inventions names in the order in which they appear. */
export class Normaliser {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** A topic's id gets the topic's name. */
  learnTopics(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((each) => this.learnTopics(each));
    if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
    const { topicId, name, topicName } = value as Record<string, unknown>;
    const called = name ?? topicName;
    if (typeof topicId === "string" && topicId !== zeroUuid && typeof called === "string" && called !== "") {
      this.names.set(topicId, `<id of ${called}>`);
    }
    Object.values(value).forEach((each) => this.learnTopics(each));
  }

  /** The answer as data that can be compared: bytes as hexadecimal text, lists without a meaningful order sorted. */
  plain(value: unknown, field = ""): unknown {
    if (value instanceof Uint8Array) return this.text(Buffer.from(value).toString("hex"));
    if (Array.isArray(value)) {
      const list = value.map((each) => this.plain(each, field));
      if (ordered.has(field)) return list;
      return list
        .map((each) => [JSON.stringify(each), each] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, each]) => each);
    }
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.plain(each, name)]));
    }
    if (typeof value === "string") return this.string(value, field);
    if (typeof value === "number") return this.number(value, field);
    return value;
  }

  private string(value: string, field: string): string {
    if (uuidFields.has(field)) return this.names.get(value) ?? (value === zeroUuid ? "<no id>" : value);
    if (field === "clusterId") return "<cluster>";
    if (field === "logDir") return "<directory>";
    return this.text(value);
  }

  private text(value: string): string {
    return value.replace(longUuid, (uuid) => this.name("uuid", uuid)).replace(/127\.0\.0\.1:\d+/g, "<address>");
  }

  private number(value: number, field: string): number | string {
    const kind = handedOut[field];
    if (kind !== undefined && value >= (kind === "producer" ? 0 : 1) && value < strangersFrom)
      return this.name(kind, value);
    if (kind !== undefined && kind !== "producer" && value > 0) return this.name(kind, value);
    if (field === "port" && value > 0) return "<port>";
    if (field === "totalBytes" || field === "usableBytes") return value > 0 ? "<bytes>" : value;
    if (value > timeNow.from && value < timeNow.to) return "<now>";
    return value;
  }

  private name(kind: string, value: string | number): string {
    const key = `${kind} ${value}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const name = `<${kind} ${count}>`;
    this.names.set(key, name);
    return name;
  }
}
