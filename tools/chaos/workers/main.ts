// A client process of a chaos run: speaks to the cluster, writes down what it asked and what it was told.
import type { ClientKind, ToClient } from "../clients";
import { administrator } from "./administrator";
import { assigned, member } from "./consumers";
import { life, progress, task } from "./context";
import { onProbe, producer } from "./producer";
import { auditor, finalReader } from "./readers";

const kinds: Partial<Record<ClientKind, () => Promise<void>>> = {
  producer,
  prober: producer,
  "assign-consumer": assigned,
  "group-consumer": member,
  auditor,
  administrator,
  "final-reader": finalReader,
};

process.on("message", (message: ToClient) => {
  if (message.type === "stop") life.stopping = true;
  else void onProbe(message.id, message.partitions);
});
// The run is gone: nobody wants the answers.
process.on("disconnect", () => process.exit(1));
const telling = setInterval(() => process.send?.(progress), 1_000);

kinds[task.kind]!().then(
  () => {
    clearInterval(telling);
    // The process ends once the last word has been sent.
    process.send?.(progress, () => process.exit(0));
  },
  (error: unknown) => {
    process.stderr.write(`${task.process}: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
