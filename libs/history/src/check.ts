import { doubleAssignment } from "./checkers/assignments";
import { committedOffsetLost, committedOffsetMovedBack } from "./checkers/committed-offsets";
import {
  highWatermarkMovedBack,
  lastStableOffsetMovedBack,
  logPrefix,
  metadataAgreement,
  oneControllerPerTerm,
  oneLeaderPerEpoch,
  oneOwnerPerShardEpoch,
} from "./checkers/inside";
import { nonmonotonicPoll, pollSkip } from "./checkers/polls";
import { abortedRead, precommittedRead, tornTransaction } from "./checkers/transactions";
import { duplicate, inconsistentOffsets, lostWrite, nonmonotonicSend, unseenAfterHeal } from "./checkers/writes";
import { zombieWriteAfterFence } from "./checkers/zombies";
import type { HistoryEvent } from "./events";
import { Findings, invariants, type Checker, type Invariant, type Verdict, type Violation } from "./findings";
import { History } from "./history";

/** The checkers by the names of the invariants. Each takes time linear in the history, or n log n where it sorts. */
export const checkers: Readonly<Record<Invariant, Checker>> = {
  "lost-write": lostWrite,
  "inconsistent-offsets": inconsistentOffsets,
  duplicate,
  "poll-skip": pollSkip,
  "nonmonotonic-poll": nonmonotonicPoll,
  "nonmonotonic-send": nonmonotonicSend,
  "aborted-read": abortedRead,
  "torn-transaction": tornTransaction,
  "precommitted-read": precommittedRead,
  "committed-offset-lost": committedOffsetLost,
  "committed-offset-moved-back": committedOffsetMovedBack,
  "zombie-write-after-fence": zombieWriteAfterFence,
  "double-assignment": doubleAssignment,
  "high-watermark-moved-back": highWatermarkMovedBack,
  "last-stable-offset-moved-back": lastStableOffsetMovedBack,
  "log-prefix": logPrefix,
  "one-leader-per-epoch": oneLeaderPerEpoch,
  "one-owner-per-shard-epoch": oneOwnerPerShardEpoch,
  "one-controller-per-term": oneControllerPerTerm,
  "metadata-agreement": metadataAgreement,
  "unseen-after-heal": unseenAfterHeal,
};

/** A verdict per invariant. `limit`: how many violations of each to keep as evidence (all are counted). */
export function check(events: readonly HistoryEvent[], { limit = 20 }: { limit?: number } = {}): Verdict[] {
  const history = new History(events);
  return invariants.map((invariant) => {
    const findings = new Findings(invariant, limit);
    checkers[invariant](history, findings);
    return findings;
  });
}

/** All violations; empty where every promise was kept. */
export function violationsOf(events: readonly HistoryEvent[]): Violation[] {
  return check(events).flatMap(({ violations }) => violations);
}
