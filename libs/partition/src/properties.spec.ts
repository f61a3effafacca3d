import fc from "fast-check";
import { KafkaError } from "@moldau/base";
import { BATCHES_KEPT } from "./producers";
import { PartitionReplica } from "./partition-replica";
import type { IsrProposal } from "./replica-state";
import { addToSequence, follows, MAX_SEQUENCE } from "./sequence";
import { headerOf } from "./testing/batches";

const REFUSED = { kind: "refused" } as const;
const settings = { minInsyncReplicas: 1, replicaLagTimeMaxMs: 100, producerIdExpirationMs: 1e9 };

function leaderOf(replicas: number[], minInsyncReplicas: number, isr: readonly number[] = replicas): PartitionReplica {
  const replica = new PartitionReplica({
    nodeId: 1,
    settings: { ...settings, minInsyncReplicas },
    logStartOffset: 0,
    logEndOffset: 0,
    highWatermark: 0,
  });
  replica.assign({ leaderId: 1, leaderEpoch: 0, partitionEpoch: 0, replicas, isr }, 0);
  return replica;
}

describe("sequences", () => {
  it("go round: what follows a batch is its last sequence plus one, wrapped", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_SEQUENCE }), fc.integer({ min: 1, max: 1000 }), (base, records) => {
        const next = addToSequence(base, records);
        expect(next).toBe(Number((BigInt(base) + BigInt(records)) % 2n ** 31n));
        expect(follows(addToSequence(base, records - 1), next)).toBe(true);
      }),
    );
  });
});

describe("an idempotent producer that repeats and reorders", () => {
  // The producer sends batches in order; each may be sent again while it is among the last five, or too late, or early.
  const send = fc.record({ batch: fc.integer({ min: 0, max: 20 }), again: fc.integer({ min: 0, max: 7 }) });

  it("never has a batch twice, nor one that skips another", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_SEQUENCE }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
        fc.array(send, { maxLength: 60 }),
        (firstSequence, sizes, sends) => {
          const replica = leaderOf([1], 1);
          const batches: { baseSequence: number; records: number; offset: number }[] = [];
          let sequence = firstSequence;
          for (const records of sizes) {
            batches.push({ baseSequence: sequence, records, offset: -1 });
            sequence = addToSequence(sequence, records);
          }
          let written = 0;
          let end = 0;
          const attempt = (index: number) => {
            const batch = batches[index];
            if (!batch) return;
            const { records, baseSequence } = batch;
            const header = headerOf({ producerId: 1, producerEpoch: 0, baseSequence, records });
            const decision = replica.append({ header, leaderEpoch: 0, ownerEpoch: -1, acks: 1, nowMs: 0 });
            if (index === written || written === 0) {
              expect(decision).toMatchObject({ kind: "write", baseOffset: end });
              // A producer nobody knows may start anywhere: then the log begins with that batch.
              for (let skipped = written; skipped < index; skipped++) batches[skipped]!.records = 0;
              batch.offset = end;
              written = index + 1;
              end += records;
            } else if (index < written && index >= written - BATCHES_KEPT && batch.offset >= 0) {
              expect(decision).toMatchObject({ kind: "duplicate", baseOffset: batch.offset });
            } else {
              expect(decision).toMatchObject({ kind: "refused", error: KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER });
            }
          };
          for (const { batch, again } of sends) attempt(again > 3 ? written : written > 0 ? batch : 0);
          expect(replica.assignedEndOffset).toBe(end);
        },
      ),
    );
  });

  it("is answered alike by a replica that was loaded from snapshot and log", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ producerId: fc.integer({ min: 1, max: 3 }), records: fc.integer({ min: 1, max: 4 }) }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.nat(30),
        (sent, cut) => {
          const replica = leaderOf([1], 1);
          const next = new Map<number, number>();
          const log = sent.map(({ producerId, records }) => {
            const baseSequence = next.get(producerId) ?? 0;
            next.set(producerId, baseSequence + records);
            const header = headerOf({ producerId, producerEpoch: 0, baseSequence, records });
            replica.append({ header, leaderEpoch: 0, ownerEpoch: -1, acks: 0, nowMs: 0 });
            return header;
          });
          const snapshotAt = Math.min(cut, log.length);
          const before = leaderOf([1], 1);
          for (const header of log.slice(0, snapshotAt)) before.replay(header, undefined, 0);
          const loaded = leaderOf([1], 1);
          loaded.importProducers(before.producers.export(), 0);
          for (const header of log.slice(snapshotAt)) loaded.replay(header, undefined, 0);
          expect(loaded.producers.export()).toEqual(replica.producers.export());
          const last = { ...log.at(-1)! };
          expect(loaded.producers.check(last)).toEqual(replica.producers.check(last));
        },
      ),
    );
  });
});

describe("a leader with followers", () => {
  const firstIsr = fc.constantFrom([1, 2, 3], [1, 2], [1, 3], [1]);
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("append" as const),
      acks: fc.constantFrom(-1, 1),
      records: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ kind: fc.constant("written" as const) }),
    fc.record({ kind: fc.constant("fetch" as const), from: fc.constantFrom(2, 3), eligible: fc.boolean() }),
    fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 150 }) }),
    fc.record({ kind: fc.constant("propose" as const), accepted: fc.boolean() }),
    fc.record({ kind: fc.constant("answer" as const), lost: fc.boolean() }),
    fc.record({ kind: fc.constant("metadata" as const) }),
  );

  it("acknowledges acks=all only what every member of the controller's ISR has, and never takes back a high watermark", () => {
    fc.assert(
      fc.property(
        firstIsr,
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 120 }),
        (first, minIsr, steps) => {
          const replica = leaderOf([1, 2, 3], minIsr, first);
          let nowMs = 0;
          /** What each follower really holds. */
          const has = new Map([
            [2, 0],
            [3, 0],
          ]);
          /** The controller's truth. */
          let isr: readonly number[] = first;
          let partitionEpoch = 0;
          let inFlight: { proposal: IsrProposal; accepted: boolean; isSettled?: boolean } | undefined;
          let highWatermark = 0;
          const waits = new Map<number, number>();
          const take = () => {
            const effects = replica.takeEffects();
            expect(replica.highWatermark).toBeGreaterThanOrEqual(highWatermark);
            highWatermark = replica.highWatermark;
            expect(replica.lastStableOffset).toBeLessThanOrEqual(highWatermark);
            expect(highWatermark).toBeLessThanOrEqual(replica.logEndOffset);
            for (const { waitId, error } of effects?.completed ?? []) {
              const end = waits.get(waitId);
              waits.delete(waitId);
              if (error !== KafkaError.NONE || end === undefined) continue;
              // While an answer is under way the controller may have fewer in the ISR than the leader knows.
              if (!inFlight) expect(isr.length).toBeGreaterThanOrEqual(minIsr);
              for (const member of isr)
                expect(member === 1 ? replica.logEndOffset : has.get(member)).toBeGreaterThanOrEqual(end);
            }
          };
          /** False: the proposal was made of an older state, which only the metadata explains. */
          const decide = (proposal: IsrProposal): boolean => {
            if (proposal.partitionEpoch !== partitionEpoch) return false;
            isr = proposal.newIsr.map(({ brokerId }) => brokerId);
            partitionEpoch++;
            return true;
          };
          const answer = (lost: boolean) => {
            if (!inFlight) return;
            const { proposal, accepted } = inFlight;
            inFlight = undefined;
            // Where the answer goes astray nobody knows, until the metadata tells.
            const known = accepted ? ({ kind: "accepted", leaderEpoch: 0, partitionEpoch, isr } as const) : REFUSED;
            replica.onIsrAnswer(proposal, lost ? { kind: "unknown" } : known, nowMs);
          };
          const metadata = () => {
            if (inFlight && partitionEpoch > inFlight.proposal.partitionEpoch) inFlight.isSettled = true;
            replica.assign({ leaderId: 1, leaderEpoch: 0, partitionEpoch, replicas: [1, 2, 3], isr }, nowMs);
          };
          for (const each of steps) {
            switch (each.kind) {
              case "append": {
                const header = headerOf({ records: each.records });
                const decision = replica.append({ header, leaderEpoch: 0, ownerEpoch: -1, acks: each.acks, nowMs });
                if (decision.kind === "write" && each.acks === -1 && decision.waitId !== 0) {
                  waits.set(decision.waitId, decision.baseOffset + each.records);
                }
                break;
              }
              case "written":
                replica.onWritten(replica.assignedEndOffset, 1, nowMs);
                break;
              case "fetch": {
                const fetch = {
                  replicaId: each.from,
                  fetchOffset: has.get(each.from)!,
                  logStartOffset: 0,
                  nodeEpoch: 1,
                };
                replica.onFollowerFetch({ ...fetch, eligible: each.eligible }, nowMs);
                take();
                has.set(each.from, replica.logEndOffset);
                break;
              }
              case "time":
                nowMs += each.ms;
                break;
              case "propose": {
                // One request at a time; while nobody knows of its outcome nothing else is proposed either.
                if (inFlight) {
                  if (!inFlight.isSettled) expect(replica.proposeIsr(1, nowMs)).toBeUndefined();
                  break;
                }
                const proposal = replica.proposeIsr(1, nowMs);
                if (!proposal) break;
                // The controller decides at once; its answer comes later.
                const isCurrent = proposal.partitionEpoch === partitionEpoch;
                inFlight = { proposal, accepted: each.accepted && decide(proposal) };
                if (!isCurrent) answer(true);
                break;
              }
              case "answer":
                answer(each.lost);
                break;
              case "metadata":
                metadata();
                break;
            }
            take();
          }
          // When all come back and the disk keeps up, everything is committed and nobody waits.
          for (let round = 0; round < 6; round++) {
            replica.onWritten(replica.assignedEndOffset, 1, nowMs);
            for (const from of [2, 3]) {
              const fetch = {
                replicaId: from,
                fetchOffset: has.get(from)!,
                logStartOffset: 0,
                nodeEpoch: 1,
                eligible: true,
              };
              replica.onFollowerFetch(fetch, nowMs);
              take();
              has.set(from, replica.logEndOffset);
            }
            answer(false);
            metadata();
            const proposal = replica.proposeIsr(1, nowMs);
            if (proposal) {
              inFlight = { proposal, accepted: decide(proposal) };
              answer(false);
            }
            take();
          }
          expect(replica.highWatermark).toBe(replica.assignedEndOffset);
          expect([...waits.values()].filter((end) => end <= replica.highWatermark)).toEqual([]);
          expect([...isr].sort()).toEqual([1, 2, 3]);
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});
