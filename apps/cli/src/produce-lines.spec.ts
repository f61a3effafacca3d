import { KafkaError } from "@moldau/base";
import type { OutgoingRecord } from "@moldau/client";
import { keyAndValue, produceLines, untilAborted } from "./produce-lines";
import { FakeClientError } from "./testing/fake-cluster";

async function* linesOf(...lines: string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(line);
}

const recordOf = (line: Uint8Array): OutgoingRecord => ({ topic: "t", value: line });
const flush = (): Promise<void> => Promise.resolve();
const textOf = (record: OutgoingRecord): string => Buffer.from(record.value as Uint8Array).toString();

function pair(line: string, options: Parameters<typeof keyAndValue>[1]): [string | null, string | null] {
  const { key, value } = keyAndValue(Buffer.from(line), options);
  const text = (bytes: Uint8Array | string | null | undefined): string | null =>
    bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString();
  return [text(key), text(value)];
}

it("splits a key off as kcat does", () => {
  const keyDelimiter = Buffer.from("::");
  const key = Buffer.from("fixed");
  expect(pair("k::v::w", { keyDelimiter })).toEqual(["k", "v::w"]);
  expect(pair("value", { keyDelimiter })).toEqual([null, "value"]);
  expect(pair("value", { keyDelimiter, key })).toEqual(["fixed", "value"]);
  expect(pair("k::v", { keyDelimiter, key })).toEqual(["k", "v"]);
  expect(pair("::", { keyDelimiter })).toEqual(["", ""]);
  expect(pair("::", { keyDelimiter, emptyIsNull: true })).toEqual([null, null]);
  expect(pair("", { emptyIsNull: true })).toEqual([null, null]);
  expect(pair("", {})).toEqual([null, ""]);
});

it("reads no further than what may be under way, and goes on as it is acknowledged", async () => {
  const waiting: (() => void)[] = [];
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for (; read < 10; read++) yield Buffer.from(String(read));
  }
  const running = produceLines({
    lines: counted(),
    recordOf,
    send: () => new Promise<void>((resolve) => waiting.push(resolve)),
    flush,
    inFlightRecordsMax: 3,
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await turn();
  expect(waiting).toHaveLength(3);
  waiting.shift()!();
  await turn();
  expect(waiting).toHaveLength(3);
  let mostWaiting = 0;
  while (waiting.length > 0) {
    mostWaiting = Math.max(mostWaiting, waiting.length);
    waiting.shift()!();
    await turn();
  }
  expect(mostWaiting).toBe(3);
  expect(await running).toEqual({ acknowledged: 10, failed: 0, bytes: 10 });
});

it("bounds the bytes under way too", async () => {
  const sent: string[] = [];
  const running = produceLines({
    lines: linesOf("x".repeat(1000), "y", "z"),
    recordOf,
    send: async (record) => void sent.push(textOf(record)[0]!),
    flush,
    inFlightBytesMax: 500,
  });
  expect(await running).toMatchObject({ acknowledged: 3 });
  expect(sent).toEqual(["x", "y", "z"]);
});

it("goes on after a record that is itself at fault, and names the first of them", async () => {
  const outcome = await produceLines({
    lines: linesOf("a", "big", "b", "big", "c"),
    recordOf,
    send: async (record) => {
      if (textOf(record) === "big") throw new FakeClientError(KafkaError.MESSAGE_TOO_LARGE, "record too large");
    },
    flush,
  });
  expect(outcome).toEqual({
    acknowledged: 3,
    failed: 2,
    bytes: 3,
    failure: {
      line: 2,
      reason: "record too large; raise the topic's max.message.bytes with moldau topic alter --config",
    },
  });
});

it("stops reading when the cluster is at fault", async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield Buffer.from(String(read++));
  }
  const outcome = await produceLines({
    lines: endless(),
    recordOf,
    send: () => Promise.reject(new FakeClientError(KafkaError.NOT_ENOUGH_REPLICAS)),
    flush,
    inFlightRecordsMax: 5,
  });
  expect(outcome.acknowledged).toBe(0);
  expect(outcome.failed).toBe(read);
  expect(outcome.failed).toBeLessThanOrEqual(5);
  expect(outcome.failure?.line).toBe(1);
});

it("counts what was handed over before the input broke, then says so", async () => {
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("a");
    throw new Error("input broke");
  }
  let sent = 0;
  const send = async (): Promise<void> => void sent++;
  await expect(produceLines({ lines: breaking(), recordOf, send, flush })).rejects.toThrow("input broke");
  expect(sent).toBe(1);
});

it("an interruption ends input that would never end", async () => {
  const interruption = new AbortController();
  async function* silent(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("a");
    await new Promise(() => undefined);
  }
  const outcome = produceLines({ lines: untilAborted(silent(), interruption.signal), recordOf, send: flush, flush });
  setImmediate(() => interruption.abort());
  expect(await outcome).toMatchObject({ acknowledged: 1, failed: 0 });
});
