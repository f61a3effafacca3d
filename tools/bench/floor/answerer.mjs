// Answers every fetch (version 11) alike: of each of four partitions the next megabyte of a file of batches, over and over. What a
// consumer's bytes cost in Node where nothing is done but reading and writing them. Prints its port first, and at SIGTERM what it took.
//   answerer.mjs FILE BATCH_BYTES TOPIC
import { fstatSync, openSync, readSync } from "node:fs";
import { createServer } from "node:net";

const PARTITIONS = 4;
const PARTITION_HEAD_BYTES = 42;
const [file, batchText, topic] = process.argv.slice(2);
const descriptor = openSync(file, "r");
const fileBytes = fstatSync(descriptor).size;
const chunkBytes = Math.floor(2 ** 20 / Number(batchText)) * Number(batchText);
const free = [];
let at = 0;
let before;

/** From the frame's length to the first partition. */
function headOf(correlationId) {
  const head = Buffer.alloc(28 + topic.length);
  head.writeInt32BE(head.length - 4 + PARTITIONS * (PARTITION_HEAD_BYTES + chunkBytes), 0);
  head.writeInt32BE(correlationId, 4);
  // throttle_time_ms 0, error_code 0
  head.writeInt32BE(1, 14); // session_id
  head.writeInt32BE(1, 18); // topics
  head.writeInt16BE(topic.length, 22);
  head.write(topic, 24);
  head.writeInt32BE(PARTITIONS, 24 + topic.length);
  return head;
}

function partitionHeadOf(index) {
  const head = Buffer.alloc(PARTITION_HEAD_BYTES);
  head.writeInt32BE(index, 0);
  // error_code, high_watermark, last_stable_offset and log_start_offset: 0
  head.writeInt32BE(-1, 30); // aborted_transactions
  head.writeInt32BE(-1, 34); // preferred_read_replica
  head.writeInt32BE(chunkBytes, 38);
  return head;
}

function answer(socket, correlationId) {
  const buffers = [];
  socket.cork();
  socket.write(headOf(correlationId));
  for (let i = 0; i < PARTITIONS; i++) {
    const buffer = free.pop() ?? Buffer.allocUnsafeSlow(2 ** 20);
    buffers.push(buffer);
    if (at + chunkBytes > fileBytes) at = 0;
    readSync(descriptor, buffer, 0, chunkBytes, at);
    at += chunkBytes;
    socket.write(partitionHeadOf(i));
    const isLast = i === PARTITIONS - 1;
    socket.write(buffer.subarray(0, chunkBytes), isLast ? () => free.push(...buffers) : undefined);
  }
  socket.uncork();
}

const server = createServer({ noDelay: true }, (socket) => {
  before ??= process.cpuUsage();
  // One request is on its way at a time, and each comes in one piece: it is small.
  socket.on("data", (frame) => answer(socket, frame.readInt32BE(8)));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.on("SIGTERM", () => {
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
  process.exit();
});
