// One broker that answers just enough for a producer to send, and writes each partition's record batch to a file:
//   node fake-broker.mjs PORT OUTPUT_FILE        (exits after the first batch)
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";

const [port, output] = [Number(process.argv[2]), process.argv[3]];
const ranges = { 0: [0, 7], 1: [4, 11], 3: [0, 4], 10: [0, 1], 18: [0, 0], 22: [0, 1] };

const i8 = (v) => Buffer.from([v]);
const i16 = (v) => ((b) => (b.writeInt16BE(v), b))(Buffer.alloc(2));
const i32 = (v) => ((b) => (b.writeInt32BE(v), b))(Buffer.alloc(4));
const i64 = (v) => ((b) => (b.writeBigInt64BE(BigInt(v)), b))(Buffer.alloc(8));
const str = (s) => (s === null ? i16(-1) : Buffer.concat([i16(Buffer.byteLength(s)), Buffer.from(s)]));
const list = (items) => Buffer.concat([i32(items.length), ...items]);

function answer(apiKey, version, body) {
  if (apiKey === 18) {
    const rows = Object.entries(ranges).map(([key, [min, max]]) => Buffer.concat([i16(+key), i16(min), i16(max)]));
    return Buffer.concat([i16(version === 0 ? 0 : 35), list(rows)]);
  }
  if (apiKey === 3) {
    const rack = version >= 1 ? [str(null)] : [];
    const partition = Buffer.concat([i16(0), i32(0), i32(1), list([i32(1)]), list([i32(1)])]);
    const topic = Buffer.concat([i16(0), str("capture"), ...(version >= 1 ? [i8(0)] : []), list([partition])]);
    return Buffer.concat([
      ...(version >= 3 ? [i32(0)] : []),
      list([Buffer.concat([i32(1), str("127.0.0.1"), i32(port), ...rack])]),
      ...(version >= 2 ? [str("capture-cluster")] : []),
      ...(version >= 1 ? [i32(1)] : []),
      list([topic]),
    ]);
  }
  if (apiKey === 22) return Buffer.concat([i32(0), i16(0), i64(4000), i16(0)]);
  if (apiKey === 0) {
    let at = 0;
    if (version >= 3) at += 2 + Math.max(0, body.readInt16BE(at));
    at += 2 + 4 + 4; // acks, timeout, topics
    const topicLength = body.readInt16BE(at);
    at += 2 + topicLength + 4 + 4; // topic, partitions, partition index
    const size = body.readInt32BE(at);
    writeFileSync(output, body.subarray(at + 4, at + 4 + size));
    console.log(`Produce v${version}: ${size} bytes`);
    setTimeout(() => process.exit(0), 300);
    const partition = Buffer.concat([i32(0), i16(0), i64(0), i64(-1), ...(version >= 5 ? [i64(0)] : [])]);
    return Buffer.concat([list([Buffer.concat([str("capture"), list([partition])])]), i32(0)]);
  }
  throw new Error(`api ${apiKey}`);
}

createServer((socket) => {
  let buffered = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
      const frame = buffered.subarray(4, 4 + buffered.readInt32BE(0));
      buffered = buffered.subarray(4 + frame.length);
      const clientId = frame.readInt16BE(8);
      const body = frame.subarray(10 + Math.max(0, clientId));
      const reply = Buffer.concat([
        i32(frame.readInt32BE(4)),
        answer(frame.readInt16BE(0), frame.readInt16BE(2), body),
      ]);
      socket.write(Buffer.concat([i32(reply.length), reply]));
    }
  });
}).listen(port, "127.0.0.1");
