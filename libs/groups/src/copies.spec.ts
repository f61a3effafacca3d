import type { JoinGroupRequest } from "@moldau/protocol";
import { Timeline } from "@moldau/timeline";
import { decodeGroupRecord, defaultGroupConfig, encodeGroupRecord, GroupMachine } from "./index";

describe("bytes that a shard keeps", () => {
  it("are not those of the frame, which is reused", () => {
    const frame = Buffer.from("metadata");
    const body: JoinGroupRequest = {
      groupId: "g",
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      memberId: "",
      groupInstanceId: null,
      protocolType: "x",
      protocols: [{ name: "p", metadata: frame.subarray(0, 4) }],
      reason: null,
    };
    const machine = new GroupMachine(new Timeline(), defaultGroupConfig);
    const caller = { apiVersion: 3, clientId: "c", clientHost: "/" };
    machine.handle(1, { call: "join", caller, body, newMemberId: "c-1" }, 0);
    frame.fill(0);
    const member = machine.state.groups.get("g")?.members.get("c-1");
    expect(Buffer.from(member?.protocols[0]?.metadata ?? []).toString()).toBe("meta");
  });

  it("are not those of the batch that was replayed", () => {
    const { key, value } = encodeGroupRecord({
      kind: "group",
      groupId: "g",
      value: {
        protocolType: "x",
        generation: 1,
        protocol: "p",
        leader: "c-1",
        currentStateTimestampMs: 0,
        members: [
          {
            memberId: "c-1",
            groupInstanceId: null,
            clientId: "c",
            clientHost: "/",
            rebalanceTimeoutMs: 1,
            sessionTimeoutMs: 1,
            subscription: Buffer.from("subscription"),
            assignment: Buffer.from("assignment"),
          },
        ],
      },
    });
    const batch = Buffer.from(value as Uint8Array);
    const record = decodeGroupRecord(key, batch);
    batch.fill(0);
    const member = record?.kind === "group" ? record.value?.members[0] : undefined;
    expect(Buffer.from(member?.subscription ?? []).toString()).toBe("subscription");
    expect(Buffer.from(member?.assignment ?? []).toString()).toBe("assignment");
  });
});
