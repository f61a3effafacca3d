import type { IncomingRecord } from "@moldau/client";
import { formatterOf } from "./record-formatter";

const record: IncomingRecord = {
  topic: "orders",
  partition: 3,
  offset: 42,
  timestampMs: 1_700_000_000_000,
  timestampType: "LogAppendTime",
  key: Buffer.from([0, 0, 0, 7]),
  value: Buffer.from("v"),
  headers: [
    { name: "a", value: Buffer.from("1") },
    { name: "b", value: null },
  ],
};

const shown = (
  properties: Record<string, string>,
  of: Partial<IncomingRecord> = {},
  formatter = "x.DefaultMessageFormatter",
) => Buffer.from(formatterOf(formatter, new Map(Object.entries(properties)))({ ...record, ...of }) ?? []).toString();

it("prints the value and what properties ask for, in Kafka's order", () => {
  expect(shown({})).toBe("v\n");
  const everything = ["timestamp", "key", "offset", "partition", "epoch", "delivery", "headers"];
  expect(
    shown({
      ...Object.fromEntries(everything.map((what) => [`print.${what}`, "true"])),
      "key.deserializer": "org.apache.kafka.common.serialization.IntegerDeserializer",
    }),
  ).toBe(
    "LogAppendTime:1700000000000\tPartition:3\tOffset:42\tDelivery:NOT_PRESENT\tEpoch:NOT_PRESENT\ta:1,b:null\t7\tv\n",
  );
  expect(shown({ "print.value": "false", "print.key": "true" }, { key: null })).toBe("null\n");
  expect(shown({ "print.headers": "true", "key.separator": ";", "line.separator": "|" }, { headers: [] })).toBe(
    "NO_HEADERS;v|",
  );
  expect(shown({ "null.literal": "NIL" }, { value: null })).toBe("NIL\n");
  expect(shown({ "print.timestamp": "true" }, { timestampMs: -1 })).toBe("NO_TIMESTAMP\tv\n");
});

it("shows a group's commit as JSON, and passes over what is none", () => {
  const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
  // As Apache Kafka 4.0 writes them: {group "g", topic "t", partition 0} and {offset 4, epoch 0, metadata "", time 1}.
  const key = hex("0001 0001 67 0001 74 00000000");
  const value = hex("0003 0000000000000004 00000000 0000 0000000000000001");
  expect(shown({}, { key, value }, "org.apache.kafka.tools.consumer.OffsetsMessageFormatter")).toBe(
    '{"key":{"type":1,"data":{"group":"g","topic":"t","partition":0}},' +
      '"value":{"version":3,"data":{"offset":4,"leaderEpoch":0,"metadata":"","commitTimestamp":1}}}',
  );
  expect(shown({}, { key, value: null }, "OffsetsMessageFormatter")).toMatch(/"value":null}$/);
  expect(shown({}, { key: hex("0002 0001 67") }, "OffsetsMessageFormatter")).toBe("");
  expect(shown({}, {}, "NoOpMessageFormatter")).toBe("");
});

it("Java's other classes are refused with what there is", () => {
  expect(() => shown({}, {}, "my.Formatter")).toThrow(/my.Formatter: Java's classes cannot be used here/);
  expect(() => shown({ "value.deserializer": "my.AvroDeserializer" })).toThrow(/there are StringDeserializer, /);
});
