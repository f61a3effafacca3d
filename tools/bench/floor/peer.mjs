// The far end of the physical floor: bytes from a socket into a file, or from a file into a socket, and nothing else. It connects
// to the port it is told, so that either way it reads with a buffer of its own; at the end it prints what it took.
//   peer.mjs sink|spring FILE CHUNK PORT
import { openSync, readSync, writeSync } from "node:fs";
import { connect } from "node:net";

const [role, file, chunkText, port] = process.argv.slice(2);
const chunk = Number(chunkText);
const descriptor = openSync(file, role === "sink" ? "w" : "r");
const buffers = [Buffer.allocUnsafe(chunk), Buffer.allocUnsafe(chunk)];
const before = process.cpuUsage();

function finish() {
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
  process.exit();
}

const take = (length, buffer) => {
  writeSync(descriptor, buffer, 0, length);
  return true;
};
const socket = connect({ port: Number(port), host: "127.0.0.1", onread: { buffer: buffers[0], callback: take } });
if (role === "sink") socket.on("end", finish);
else {
  let turn = 0;
  const next = () => {
    // Two buffers in turn: one is filled while the other is on its way.
    const buffer = buffers[turn++ % 2];
    const length = readSync(descriptor, buffer, 0, chunk, null);
    if (length === 0) socket.end(finish);
    else socket.write(length === chunk ? buffer : buffer.subarray(0, length), next);
  };
  socket.on("connect", next);
}
