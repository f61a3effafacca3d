// node produce-kafkajs.cjs PORT CODEC: sends the five records of the captures.
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require("kafkajs");
const [port, codec] = process.argv.slice(2);
if (codec === "snappy") CompressionCodecs[CompressionTypes.Snappy] = require("kafkajs-snappy");
const compression = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 }[codec];
const producer = new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.ERROR }).producer();
const headers = { h: "1" };
const messages = [
  { key: "a", value: "first", headers },
  { key: null, value: "no key", headers },
  { key: "gone", value: null, headers },
  { key: "ě", value: "moldau ".repeat(2000), headers },
  { key: "e", value: "last", headers },
];
producer
  .connect()
  .then(() => producer.send({ topic: "capture", compression, messages }))
  .then(() => producer.disconnect());
