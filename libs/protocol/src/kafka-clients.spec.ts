// Vectors that Kafka's own serializer wrote (kafka-clients, kafka-metadata, kafka-group-coordinator,
// kafka-transaction-coordinator and kafka-share-coordinator 4.3.0; kafka-clients 3.9.1 for versions that 4 dropped)
// from the values of testing/sample.ts: every message in every version, once full and once as empty as it allows.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Reader } from "./reader";
import { type Variant, sample } from "./testing/sample";
import { PROTOCOL_FOLDER, codecOf, messages, schemaFiles, versionsOf } from "./testing/table";
import { Writer } from "./writer";

interface Vector {
  message: string;
  version: number;
  variant: Variant;
  bytes: Buffer;
}

const folder = join(PROTOCOL_FOLDER, "testdata", "kafka-clients");

function vectorsOf(file: string): Vector[] {
  return readFileSync(join(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [message, version, variant, , hex] = line.split(" ");
      return {
        message: message!,
        version: Number(version!.slice(1)),
        variant: variant as Variant,
        bytes: Buffer.from(hex!, "hex"),
      };
    });
}

const byName = new Map(messages.map((message) => [message.name, message]));

describe.each(readdirSync(folder))("%s", (file) => {
  it.each(vectorsOf(file).map((vector) => [`${vector.message} v${vector.version} ${vector.variant}`, vector] as const))(
    "%s",
    (_, { message, version, variant, bytes }) => {
      const codec = codecOf(message);
      const value = sample(byName.get(message)!, version, variant);

      const writer = new Writer();
      codec.write(writer, value, version);
      expect(Buffer.from(writer.toBytes()).toString("hex")).toBe(bytes.toString("hex"));

      const reader = new Reader(bytes);
      const decoded = codec.read(reader, version);
      expect(reader.remaining).toBe(0);
      expect(decoded).toMatchObject(value);

      const again = new Writer();
      codec.write(again, decoded, version);
      expect(Buffer.from(again.toBytes()).toString("hex")).toBe(bytes.toString("hex"));
    },
  );
});

it("covers every message in every version, except Moldau's own records", () => {
  const covered = new Set(
    readdirSync(folder)
      .flatMap(vectorsOf)
      .map((vector) => `${vector.message} v${vector.version} ${vector.variant}`),
  );
  const missing = schemaFiles
    .filter((file) => file.name !== "moldau-log")
    .flatMap((file) => file.messages)
    .flatMap((message) =>
      versionsOf(message).flatMap((version) => [
        `${message.name} v${version} full`,
        `${message.name} v${version} sparse`,
      ]),
    )
    .filter((name) => !covered.has(name));
  expect(missing).toEqual([]);
});
