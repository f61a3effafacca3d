import { readdirSync } from "node:fs";
import { join } from "node:path";
import { kafkaErrorName } from "@moldau/base";
import type { ControlMarker } from "@moldau/record-batch";
import { PartitionReplica } from "./partition-replica";
import type { IsrProposal } from "./replica-state";
import { headerOf } from "./testing/batches";
import { runTranscript } from "./testing/transcript";

const folder = join(__dirname, "../testdata");

describe.each(readdirSync(folder))("%s", (file) => {
  it("answers as written", () => {
    let replica = create(1, 0, 0);
    let nowMs = 0;
    let proposal: IsrProposal | undefined;
    const settings = { minInsyncReplicas: 1, replicaLagTimeMaxMs: 30_000, producerIdExpirationMs: 86_400_000 };

    function create(nodeId: number, logEndOffset: number, highWatermark: number): PartitionReplica {
      return new PartitionReplica({
        nodeId,
        settings: { minInsyncReplicas: 1, replicaLagTimeMaxMs: 30_000, producerIdExpirationMs: 86_400_000 },
        logStartOffset: 0,
        logEndOffset,
        highWatermark,
      });
    }

    const effects = (): string => {
      const taken = replica.takeEffects();
      if (!taken) return "";
      const parts = [
        taken.completed.map(({ waitId, error }) => ` wait ${waitId} ${kafkaErrorName(error)}`).join(","),
        taken.writtenBytes ? ` written ${taken.writtenBytes}B` : "",
        taken.committedBytes ? ` committed ${taken.committedBytes}B` : "",
        taken.highWatermarkMoved ? ` hw ${replica.highWatermark}` : "",
        taken.stableMoved ? ` lso ${replica.lastStableOffset}` : "",
        taken.isrShrinks ? " isr shrank" : "",
        taken.isrExpands ? " isr grew" : "",
        taken.isrChangeDue ? " isr change due" : "",
        taken.wakeReaders ? " wake readers" : "",
      ].filter(Boolean);
      return parts.length ? `\n ${parts.join(";")}` : "";
    };

    runTranscript(join(folder, file), (command, args) => {
      const number = (name: string, otherwise: number) =>
        args.has(name) ? Number(args.get(name)!.replaceAll("_", "")) : otherwise;
      const list = (name: string) => (args.get(name) ?? "").split(",").filter(Boolean).map(Number);
      const answer = (): string => {
        switch (command) {
          case "replica":
            replica = create(number("node", 1), number("end", 0), number("hw", 0));
            return "";
          case "time":
            nowMs = number("ms", nowMs);
            return "";
          case "configure":
            settings.minInsyncReplicas = number("min-isr", settings.minInsyncReplicas);
            replica.configure({ ...settings }, nowMs);
            return "";
          case "assign": {
            const transition = replica.assign(
              {
                leaderId: number("leader", 1),
                leaderEpoch: number("epoch", 0),
                partitionEpoch: number("partition-epoch", 0),
                replicas: list("replicas"),
                isr: list("isr"),
              },
              nowMs,
            );
            return JSON.stringify(transition).replaceAll('"', "");
          }
          case "append": {
            const kind = args.get("marker") as ControlMarker["kind"] | undefined;
            const producerId = number("pid", -1);
            const producerEpoch = number("pepoch", producerId < 0 ? -1 : 0);
            const header = headerOf({
              records: number("records", 1),
              producerId,
              producerEpoch,
              baseSequence: number("seq", -1),
              transactional: args.has("txn"),
            });
            const marker: ControlMarker | undefined =
              kind === undefined
                ? undefined
                : kind === "claim"
                  ? { kind, ownerId: 1, ownerEpoch: number("owner", 0) }
                  : { kind, producerId, producerEpoch, coordinatorEpoch: number("cepoch", 0) };
            const decision = replica.append({
              header,
              marker,
              leaderEpoch: number("epoch", -1),
              ownerEpoch: number("owner", -1),
              claimOffset: number("claim", -1),
              verification: args.has("guard") ? number("guard", 0) : undefined,
              transactionVersion: number("tv", 0),
              acks: number("acks", -1),
              nowMs,
            });
            if (decision.kind === "refused") return `refused ${kafkaErrorName(decision.error)}: ${decision.message}`;
            const wait = decision.waitId ? `, wait ${decision.waitId}` : "";
            if (decision.kind === "duplicate") return `duplicate of ${decision.baseOffset}${wait}`;
            const { aborted } = decision;
            const index = aborted
              ? `, aborted ${aborted.producerId} [${aborted.firstOffset}, ${aborted.lastOffset}] lso ${aborted.lastStableOffset}`
              : "";
            return `write at ${decision.baseOffset} epoch ${decision.leaderEpoch}${wait}${index}`;
          }
          case "verify": {
            const header = headerOf({
              producerId: number("pid", 0),
              producerEpoch: number("pepoch", 0),
              baseSequence: number("seq", 0),
              transactional: true,
            });
            const guard = replica.beginVerification(header, { beginsAtZero: args.has("v2"), nowMs });
            return guard === undefined ? "nothing to verify" : `guard ${guard}`;
          }
          case "reload": {
            const entries = replica.exportProducers();
            replica = create(1, replica.logEndOffset, replica.highWatermark);
            replica.importProducers(entries, nowMs);
            return entries
              .map(
                (entry) =>
                  `${entry.producerId}@${entry.producerEpoch} seq ${entry.lastSequence} last ${entry.lastOffset} cepoch ${entry.coordinatorEpoch} txn ${entry.currentTxnFirstOffset}`,
              )
              .join("\n");
          }
          case "late":
            return `late ${replica.hasLateTransaction(nowMs, number("max", 900_000))}`;
          case "readable":
            replica.onReadable(number("to", replica.assignedEndOffset), number("bytes", 100));
            return "readable";
          case "written":
            replica.onWritten(number("to", replica.assignedEndOffset), number("bytes", 100), nowMs);
            return "written";
          case "fetch": {
            const error = replica.onFollowerFetch(
              {
                replicaId: number("from", 2),
                fetchOffset: number("offset", 0),
                logStartOffset: 0,
                nodeEpoch: number("node-epoch", 7),
                eligible: !args.has("ineligible"),
              },
              nowMs,
            );
            return `fetch ${kafkaErrorName(error)}`;
          }
          case "propose": {
            const proposed = replica.proposeIsr(5, nowMs);
            proposal = proposed ?? proposal;
            return proposed
              ? `propose epoch ${proposed.leaderEpoch}/${proposed.partitionEpoch} isr ${proposed.newIsr.map(({ brokerId, brokerEpoch }) => `${brokerId}@${brokerEpoch}`).join(" ")}`
              : "nothing to propose";
          }
          case "isr-answer":
            replica.onIsrAnswer(
              proposal!,
              args.has("refused") || args.has("unknown")
                ? { kind: args.has("refused") ? "refused" : "unknown" }
                : {
                    kind: "accepted",
                    leaderEpoch: number("epoch", 0),
                    partitionEpoch: number("partition-epoch", 1),
                    isr: list("isr"),
                  },
              nowMs,
            );
            return `isr ${[...replica.isr].join(",")}`;
          case "follow": {
            const header = headerOf({ baseOffset: number("at", 0), records: number("records", 1) });
            header.partitionLeaderEpoch = number("epoch", -1);
            const marker: ControlMarker | undefined =
              args.get("marker") === "claim"
                ? { kind: "claim", ownerId: 1, ownerEpoch: number("owner", 0) }
                : undefined;
            return replica.appendAsFollower(header, marker, nowMs) ? "accepted" : "dropped";
          }
          case "leader-hw":
            replica.onLeaderHighWatermark(number("to", 0));
            return `hw ${replica.highWatermark}`;
          case "truncated":
            replica.onTruncated(number("to", 0));
            return `end ${replica.logEndOffset}, hw ${replica.highWatermark}`;
          case "claim":
            return `claim ${kafkaErrorName(replica.claim(number("owner", 0)))}`;
          case "grant":
            replica.grantOwner(number("owner", 0));
            return "";
          case "nodes": {
            const active = list("active");
            replica.onNodesChanged((nodeId) => (active.includes(nodeId) ? number("nepoch", 7) : -1), nowMs);
            return "nodes";
          }
          case "offset":
            return `offset ${kafkaErrorName(replica.checkOffset(number("at", 0)))}`;
          case "start":
            replica.onLogStartOffset(number("to", 0));
            return `start ${replica.logStartOffset}`;
          case "check":
            return `check ${kafkaErrorName(replica.checkLeader(number("epoch", -1)))}`;
          case "latest": {
            const { error, offset } = replica.latestOffset("uncommitted");
            return `latest ${offset} ${kafkaErrorName(error)}`;
          }
          case "bounds": {
            const { logStartOffset, lastStableOffset, highWatermark, logEndOffset } = replica.bounds;
            return `start ${logStartOffset}, lso ${lastStableOffset}, hw ${highWatermark}, end ${logEndOffset}`;
          }
          case "expire":
            return `forgot ${replica.expireProducers(nowMs)}`;
          default:
            throw new Error(`unknown command ${command}`);
        }
      };
      return answer() + effects();
    });
  });
});
