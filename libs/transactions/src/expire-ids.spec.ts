import { Timeline } from "@moldau/timeline";
import { defaultTransactionConfig, TransactionMachine } from "./index";
import { expireIdsKey } from "./timer-key";

describe("expiry of transactional ids", () => {
  it("writes no more tombstones a step than fit a batch, and goes on at once", () => {
    const machine = new TransactionMachine(new Timeline(), { ...defaultTransactionConfig, idExpirationMs: 1_000 });
    for (let i = 0; i < 2_500; i++) {
      const body = { transactionalId: `t${i}`, transactionTimeoutMs: 1_000, producerId: -1, producerEpoch: -1 };
      const ask = { call: "initProducerId" as const, caller: { apiVersion: 5 }, body, newProducerId: i };
      for (const record of machine.handle(i, ask, 0).entries) machine.replay(record);
    }
    const steps: [tombstones: number, nextMs: number | null | undefined][] = [];
    for (const nowMs of [5_000, 5_001, 5_002, 9_000]) {
      const { entries, timers } = machine.onTimer(expireIdsKey, nowMs);
      for (const record of entries) machine.replay(record);
      steps.push([entries.length, timers[0]?.atMs]);
    }
    expect(steps).toEqual([
      [1_000, 5_001],
      [1_000, 5_002],
      [500, 3_605_002],
      [0, 3_609_000],
    ]);
    expect(machine.state.size).toBe(0);
  });
});
