// FindCoordinator, JoinGroup to LeaveGroup, offsets, and what describes, lists and deletes groups.
import { ApiKey } from "@moldau/protocol";
import type { Stage } from "../stage";
import { scenario, strangeId, utf8 } from "./scenario";

/** Groups have a coordinator once the offsets topic is there; asking until then is no part of the comparison. */
async function coordinatorIsThere(stage: Stage): Promise<void> {
  await stage.until(
    ApiKey.FindCoordinator,
    4,
    { keyType: 0, coordinatorKeys: ["warm"] },
    ({ coordinators }) => coordinators[0].errorCode === 0,
  );
  await stage.topic("g-topic", 2);
  for (const groupId of ["warm", "warm2", "warm3", "warm4"]) {
    const commit = { groupId, topics: [{ name: "g-topic", partitions: [{ partitionIndex: 0, committedOffset: 1 }] }] };
    await stage.until(ApiKey.OffsetCommit, 8, commit, ({ topics }) => topics[0].partitions[0].errorCode === 0);
  }
}

/** Version 0, no topics, no user data. Kafka 4 reads what consumers subscribe to, and never answers where it cannot. */
const subscription = Uint8Array.from([0, 0, 0, 0, 0, 0, 255, 255, 255, 255]);
const protocols = [{ name: "range", metadata: subscription }];
const at = (partitionIndex: number, committedOffset: number, extra: object = {}) => ({
  partitionIndex,
  committedOffset,
  ...extra,
});

export const groupScenarios = [
  scenario("FindCoordinator", async (stage) => {
    await coordinatorIsThere(stage);
    const find = (label: string, keyType: number, key: string) =>
      stage.each(ApiKey.FindCoordinator, label, (version) => ({
        keyType,
        ...(version >= 4 ? { coordinatorKeys: [key] } : { key }),
      }));
    await find("group", 0, "warm");
    await find("empty group", 0, "");
    await find("type 7", 7, "warm");
    await find("type -1", -1, "warm");
    await find("share, bad key", 2, "no-colons");
    await stage.each(ApiKey.FindCoordinator, "none", { keyType: 0, coordinatorKeys: [] }, { from: 4 });
    await stage.each(
      ApiKey.FindCoordinator,
      "one twice",
      { keyType: 0, coordinatorKeys: ["warm", "warm"] },
      { from: 4 },
    );
  }),
  scenario("classic groups", async (stage) => {
    await coordinatorIsThere(stage);
    const join = (version: number, label: string, groupId: string, extra: object = {}) =>
      stage.ask(ApiKey.JoinGroup, version, label, {
        groupId,
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: 10_000,
        protocolType: "consumer",
        protocols,
        ...extra,
      });
    for (let version = 0; version <= 9; version++) {
      const groupId = `g-join-${version}`;
      await join(version, "session too short", groupId, { sessionTimeoutMs: 1 });
      await join(version, "session too long", groupId, { sessionTimeoutMs: 100_000_000 });
      await join(version, "unknown member", groupId, { memberId: "stranger" });
      await join(version, "no protocols", groupId, { protocols: [] });
      await join(version, "no type", groupId, { protocolType: "" });
      await join(version, "empty group", "");
      if (version >= 5)
        await join(version, "unknown static member", groupId, { memberId: "stranger", groupInstanceId: "i" });
      const first = await join(version, "new", groupId);
      if (first === undefined) continue;
      const memberId = first.memberId;
      const joined = first.errorCode === 79 ? await join(version, "with its id", groupId, { memberId }) : first;
      const ids = { groupId, memberId, generationId: joined.generationId };
      const v = (key: number) => stage.newest(key, version);
      await stage.ask(ApiKey.DescribeGroups, v(ApiKey.DescribeGroups), "completing", { groups: [groupId] });
      await stage.ask(ApiKey.Heartbeat, v(ApiKey.Heartbeat), "completing", ids);
      await stage.ask(ApiKey.SyncGroup, v(ApiKey.SyncGroup), "wrong generation", { ...ids, generationId: 9 });
      await stage.ask(ApiKey.SyncGroup, v(ApiKey.SyncGroup), "stranger", { ...ids, memberId: "stranger" });
      await stage.ask(ApiKey.SyncGroup, v(ApiKey.SyncGroup), "leader's", {
        ...ids,
        protocolType: "consumer",
        protocolName: "range",
        assignments: [{ memberId, assignment: utf8("part") }],
      });
      await stage.ask(ApiKey.Heartbeat, v(ApiKey.Heartbeat), "stable", ids);
      await stage.ask(ApiKey.Heartbeat, v(ApiKey.Heartbeat), "wrong generation", { ...ids, generationId: 9 });
      await stage.ask(ApiKey.DescribeGroups, v(ApiKey.DescribeGroups), "stable", {
        groups: [groupId],
        includeAuthorizedOperations: true,
      });
      await join(version, "other type", groupId, { protocolType: "connect" });
      await join(version, "other protocol", groupId, { protocols: [{ name: "sticky", metadata: subscription }] });
      await stage.ask(ApiKey.DeleteGroups, v(ApiKey.DeleteGroups), "not empty", { groupsNames: [groupId] });
      await join(version, "leader again", groupId, { memberId });
      const leave = v(ApiKey.LeaveGroup);
      await stage.ask(
        ApiKey.LeaveGroup,
        leave,
        "stranger",
        leave < 3
          ? { groupId, memberId: "stranger" }
          : { groupId, members: [{ memberId: "stranger" }, { memberId: "", groupInstanceId: "i" }] },
      );
      await stage.ask(
        ApiKey.LeaveGroup,
        leave,
        "itself",
        leave < 3 ? { groupId, memberId } : { groupId, members: [{ memberId }] },
      );
      await stage.ask(ApiKey.Heartbeat, v(ApiKey.Heartbeat), "after it left", ids);
      await stage.ask(ApiKey.DescribeGroups, v(ApiKey.DescribeGroups), "empty", { groups: [groupId] });
      await stage.ask(ApiKey.DeleteGroups, v(ApiKey.DeleteGroups), "empty", { groupsNames: [groupId] });
    }
    const nobody = { groupId: "g-nobody", memberId: "stranger", generationId: 1 };
    for (const groupId of ["g-nobody", ""]) {
      const of = groupId === "" ? "empty name" : "unknown group";
      await stage.each(ApiKey.Heartbeat, of, { ...nobody, groupId });
      await stage.each(ApiKey.Heartbeat, `${of}, static`, { ...nobody, groupId, groupInstanceId: "i" }, { from: 3 });
      await stage.each(ApiKey.SyncGroup, of, { ...nobody, groupId });
      await stage.each(
        ApiKey.SyncGroup,
        `${of}, with names`,
        { ...nobody, groupId, protocolType: "consumer", protocolName: "range" },
        { from: 5 },
      );
      await stage.each(ApiKey.LeaveGroup, of, (version) =>
        version < 3 ? { groupId, memberId: "stranger" } : { groupId, members: [{ memberId: "stranger" }] },
      );
      await stage.each(ApiKey.LeaveGroup, `${of}, nobody`, { groupId, members: [] }, { from: 3 });
      await stage.each(ApiKey.DescribeGroups, of, { groups: [groupId], includeAuthorizedOperations: true });
      await stage.each(ApiKey.DeleteGroups, of, { groupsNames: [groupId] });
      await stage.each(ApiKey.OffsetDelete, of, {
        groupId,
        topics: [{ name: "g-topic", partitions: [{ partitionIndex: 0 }] }],
      });
    }
    await stage.each(ApiKey.DescribeGroups, "none", { groups: [] });
    await stage.each(ApiKey.DescribeGroups, "one twice", { groups: ["warm", "warm"] });
    await stage.each(ApiKey.DeleteGroups, "none", { groupsNames: [] });
    await stage.each(ApiKey.DeleteGroups, "one twice", (version) => ({
      groupsNames: [["warm2", "warm3", "warm4"][version]!, ["warm2", "warm3", "warm4"][version]!],
    }));
    await stage.each(ApiKey.ListGroups, "empty ones", { statesFilter: ["Empty"] }, { from: 4 });
    await stage.each(ApiKey.ListGroups, "in small letters", { statesFilter: ["empty"] }, { from: 4 });
    await stage.each(ApiKey.ListGroups, "state that is none", { statesFilter: ["Asleep"] }, { from: 4 });
    await stage.each(ApiKey.ListGroups, "classic ones", { typesFilter: ["classic"] }, { from: 5 });
    await stage.each(ApiKey.ListGroups, "type in large letters", { typesFilter: ["CLASSIC"] }, { from: 5 });
    await stage.each(ApiKey.ListGroups, "type that is none", { typesFilter: ["odd"] }, { from: 5 });
    await stage.each(ApiKey.ListGroups, "all", {});
  }),
  scenario("static members", async (stage) => {
    await coordinatorIsThere(stage);
    for (let version = 5; version <= 9; version++) {
      const groupId = `g-static-${version}`;
      const join = (label: string, extra: object = {}) =>
        stage.ask(ApiKey.JoinGroup, version, label, {
          groupId,
          sessionTimeoutMs: 10_000,
          rebalanceTimeoutMs: 10_000,
          protocolType: "consumer",
          protocols,
          groupInstanceId: "i",
          ...extra,
        });
      const { memberId } = await join("static");
      const sync = stage.newest(ApiKey.SyncGroup, version);
      const named = { groupId, memberId, groupInstanceId: "i", generationId: 1 };
      await stage.ask(ApiKey.SyncGroup, sync, "static", {
        ...named,
        protocolType: "consumer",
        protocolName: "range",
        assignments: [{ memberId, assignment: utf8("part") }],
      });
      const again = await join("static comes back");
      await stage.ask(ApiKey.Heartbeat, 4, "fenced", named);
      await stage.ask(ApiKey.Heartbeat, 4, "fenced, without its name", { ...named, groupInstanceId: null });
      await stage.ask(ApiKey.SyncGroup, sync, "fenced", { ...named, protocolType: "consumer", protocolName: "range" });
      await stage.ask(ApiKey.OffsetCommit, 8, "fenced", {
        groupId,
        memberId,
        groupInstanceId: "i",
        generationIdOrMemberEpoch: 1,
        topics: [{ name: "g-topic", partitions: [at(0, 1)] }],
      });
      await join("fenced", { memberId });
      await stage.ask(ApiKey.LeaveGroup, 4, "fenced", { groupId, members: [{ memberId, groupInstanceId: "i" }] });
      await stage.ask(ApiKey.DescribeGroups, 5, "static", { groups: [groupId] });
      await stage.ask(ApiKey.Heartbeat, 4, "the new one", { ...named, memberId: again.memberId });
      await stage.ask(ApiKey.LeaveGroup, 5, "removed by an admin", {
        groupId,
        members: [{ memberId: "", groupInstanceId: "i", reason: "because" }],
      });
    }
  }),
  scenario("offsets of groups", async (stage) => {
    await coordinatorIsThere(stage);
    const id = await stage.topic("g-topic", 2);
    const topics = (version: number, name: string, partitions: object[]) => [
      version >= 10 ? { topicId: name === "g-topic" ? id : strangeId, partitions } : { name, partitions },
    ];
    const commit = (label: string, name: string, partitions: object[], extra: object = {}) =>
      stage.each(ApiKey.OffsetCommit, label, (version) => ({
        groupId: `g-off-${version}`,
        topics: topics(version, name, partitions),
        ...extra,
      }));
    await commit("simple", "g-topic", [at(0, 5, { committedMetadata: "m" }), at(1, 7, { committedLeaderEpoch: 3 })]);
    await commit("unknown partition", "g-topic", [at(9, 5), at(-1, 5)]);
    await commit("unknown topic", "nowhere", [at(0, 5)]);
    await commit("negative offset", "g-topic", [at(0, -1)]);
    await commit("very negative offset", "g-topic", [at(0, -7)]);
    await commit("metadata null", "g-topic", [at(0, 5, { committedMetadata: null })]);
    await commit("metadata too long", "g-topic", [at(0, 5, { committedMetadata: "x".repeat(5000) })]);
    await commit("one twice", "g-topic", [at(0, 5), at(0, 6)]);
    await commit("nothing", "g-topic", []);
    await commit("generation of no member", "g-topic", [at(0, 5)], {
      generationIdOrMemberEpoch: 3,
      memberId: "stranger",
    });
    await commit("member without generation", "g-topic", [at(0, 5)], { memberId: "stranger" });
    await commit("static member without generation", "g-topic", [at(0, 5)], { groupInstanceId: "i" });
    await commit("empty group", "g-topic", [at(0, 5)], { groupId: "" });
    await commit("generation, unknown group", "g-topic", [at(0, 5)], {
      groupId: "g-off-none",
      generationIdOrMemberEpoch: 3,
      memberId: "stranger",
    });
    await commit("kept for a second", "g-topic", [at(0, 5)], { retentionTimeMs: 1000 });
    const fetch = (label: string, groupId: string, of: object[] | null, extra: object = {}, range: object = {}) =>
      stage.each(
        ApiKey.OffsetFetch,
        label,
        (version) =>
          version < 8 ? { groupId, topics: of, ...extra } : { groups: [{ groupId, topics: of, ...extra }] },
        range,
      );
    const some = [{ name: "g-topic", partitionIndexes: [0, 1, 9] }];
    await fetch("some", "g-off-5", some);
    await fetch("all", "g-off-5", null, {}, { from: 2 });
    await fetch("none", "g-off-5", []);
    await fetch("unknown topic", "g-off-5", [{ name: "nowhere", partitionIndexes: [0] }]);
    await fetch("unknown group", "g-off-none", some);
    await fetch("unknown group, all", "g-off-none", null, {}, { from: 2 });
    await fetch("empty group", "", some);
    await fetch("member of no group", "g-off-5", some, { memberId: "stranger", memberEpoch: 3 }, { from: 9 });
    await stage.each(
      ApiKey.OffsetFetch,
      "stable ones",
      (version) =>
        version < 8
          ? { groupId: "g-off-5", topics: some, requireStable: true }
          : { groups: [{ groupId: "g-off-5", topics: some }], requireStable: true },
      { from: 7 },
    );
    await stage.each(
      ApiKey.OffsetFetch,
      "two groups",
      {
        groups: [
          { groupId: "g-off-5", topics: some },
          { groupId: "g-off-none", topics: null },
        ],
      },
      { from: 8 },
    );
    await stage.each(ApiKey.OffsetFetch, "no groups", { groups: [] }, { from: 8 });
    await stage.each(ApiKey.OffsetDelete, "some", {
      groupId: "g-off-5",
      topics: [
        { name: "g-topic", partitions: [{ partitionIndex: 0 }, { partitionIndex: 9 }] },
        { name: "nowhere", partitions: [{ partitionIndex: 0 }] },
      ],
    });
    await stage.each(ApiKey.OffsetDelete, "none", { groupId: "g-off-5", topics: [] });
    await fetch("after some were deleted", "g-off-5", null, {}, { from: 2 });
  }),
  scenario("KIP-848 groups", async (stage) => {
    await coordinatorIsThere(stage);
    await stage.topic("k-topic", 2);
    // A coordinator learns of a topic a moment after the brokers.
    const early = {
      groupId: "k-early",
      memberId: "early",
      memberEpoch: 0,
      rebalanceTimeoutMs: 30_000,
      subscribedTopicNames: ["k-topic"],
      topicPartitions: [],
    };
    await stage.until(
      ApiKey.ConsumerGroupHeartbeat,
      0,
      early,
      ({ assignment }) => assignment?.topicPartitions.length > 0,
    );
    for (let version = 0; version <= 1; version++) {
      const groupId = `k-${version}`;
      const beat = (label: string, extra: object) =>
        stage.ask(ApiKey.ConsumerGroupHeartbeat, version, label, {
          groupId,
          memberId: "member",
          memberEpoch: 0,
          ...extra,
        });
      const full = { rebalanceTimeoutMs: 30_000, subscribedTopicNames: ["k-topic"], topicPartitions: [] };
      await beat("empty group", { ...full, groupId: "" });
      // Version 0 lets the cluster choose an id, and with it who gets which partition.
      if (version > 0) await beat("empty member", { ...full, memberId: "" });
      await beat("no subscription", { ...full, subscribedTopicNames: null });
      await beat("no rebalance timeout", { ...full, rebalanceTimeoutMs: -1 });
      await beat("no partitions", { ...full, topicPartitions: null });
      await beat("owns before it joined", { ...full, topicPartitions: [{ topicId: strangeId, partitions: [0] }] });
      await beat("unknown assignor", { ...full, serverAssignor: "odd" });
      await beat("empty instance", { ...full, instanceId: "" });
      await beat("empty rack", { ...full, rackId: "" });
      await beat("epoch of no member", { ...full, memberEpoch: 5 });
      await beat("epoch -2 without instance", { ...full, memberEpoch: -2 });
      await beat("leaves, unknown", { memberEpoch: -1 });
      await beat("bad expression", { ...full, subscribedTopicNames: null, subscribedTopicRegex: "(" });
      const joined = await beat("joins", full);
      await beat("joins again", full);
      await beat("beats", { memberEpoch: joined?.memberEpoch });
      await beat("epoch too high", { memberEpoch: 99 });
      await beat("epoch -2", { memberEpoch: -2 });
      await stage.each(ApiKey.ConsumerGroupDescribe, `group of v${version}`, {
        groupIds: [groupId],
        includeAuthorizedOperations: true,
      });
      await stage.ask(ApiKey.DescribeGroups, 5, "of the new kind", { groups: [groupId] });
      await stage.ask(ApiKey.DescribeGroups, 6, "of the new kind", { groups: [groupId] });
      await stage.ask(ApiKey.JoinGroup, 9, "into one of the new kind, foreign protocol", {
        groupId,
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: 10_000,
        protocolType: "connect",
        protocols,
      });
      const commit = (label: string, extra: object) =>
        stage.ask(ApiKey.OffsetCommit, 9, label, {
          groupId,
          memberId: "member",
          generationIdOrMemberEpoch: joined?.memberEpoch,
          topics: [{ name: "k-topic", partitions: [at(0, 5)] }],
          ...extra,
        });
      await commit("member of the new kind", {});
      await commit("member of the new kind, stale epoch", { generationIdOrMemberEpoch: 0 });
      await commit("stranger in the new kind", { memberId: "stranger" });
      await commit("without a member, new kind", { memberId: "", generationIdOrMemberEpoch: -1 });
      await stage.ask(ApiKey.OffsetCommit, 8, "member of the new kind, old version, stale", {
        groupId,
        memberId: "member",
        generationIdOrMemberEpoch: 0,
        topics: [{ name: "k-topic", partitions: [at(0, 5)] }],
      });
      const fetch = (label: string, extra: object) =>
        stage.ask(ApiKey.OffsetFetch, 9, label, { groups: [{ groupId, topics: null, ...extra }] });
      await fetch("member of the new kind", { memberId: "member", memberEpoch: joined?.memberEpoch });
      await fetch("member of the new kind, stale epoch", { memberId: "member", memberEpoch: 0 });
      await fetch("stranger in the new kind", { memberId: "stranger", memberEpoch: 1 });
      await stage.ask(ApiKey.DeleteGroups, 2, "of the new kind, not empty", { groupsNames: [groupId] });
      await stage.ask(ApiKey.OffsetDelete, 0, "of the new kind, subscribed", {
        groupId,
        topics: [{ name: "k-topic", partitions: [{ partitionIndex: 0 }] }],
      });
      await beat("static joins", { ...full, memberId: "fixed", instanceId: "i" });
      await beat("static twice", { ...full, memberId: "fixed2", instanceId: "i" });
      await beat("static leaves for a while", { memberId: "fixed", instanceId: "i", memberEpoch: -2 });
      await beat("static comes back", { ...full, memberId: "fixed3", instanceId: "i" });
      await beat("static leaves", { memberId: "fixed3", instanceId: "i", memberEpoch: -1 });
      await beat("leaves", { memberEpoch: -1 });
      await beat("after it left", { memberEpoch: 2 });
      await stage.ask(ApiKey.DeleteGroups, 2, "of the new kind", { groupsNames: [groupId] });
    }
    await stage.each(ApiKey.ConsumerGroupDescribe, "unknown", { groupIds: ["k-none"] });
    await stage.each(ApiKey.ConsumerGroupDescribe, "classic", { groupIds: ["warm"] });
    await stage.each(ApiKey.ConsumerGroupDescribe, "empty name", { groupIds: [""] });
    await stage.each(ApiKey.ConsumerGroupDescribe, "none", { groupIds: [] });
    await stage.each(ApiKey.ConsumerGroupDescribe, "one twice", { groupIds: ["k-none", "k-none"] });
  }),
];
