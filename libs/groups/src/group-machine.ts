import type { CallId, ShardMachine } from "@moldau/shards";
import type { Timeline } from "@moldau/timeline";
import { commitOffsets } from "./commit-offsets";
import type { ClusterView } from "./consumer/cluster-view";
import { consumerHeartbeat } from "./consumer/consumer-heartbeat";
import { onConsumerTimer } from "./consumer/consumer-timers";
import { describeConsumerGroup } from "./consumer/describe-consumer-group";
import { scheduleLoaded } from "./consumer/timers";
import { deleteGroup } from "./delete-group";
import { deleteOffsets, forgetTopics } from "./delete-offsets";
import { describe, list } from "./describe-groups";
import { expireOffsets } from "./expire-offsets";
import { fetchOffsets } from "./fetch-offsets";
import type { GroupReply, GroupRequest } from "./group-calls";
import type { GroupConfig } from "./group-config";
import type { GroupEvent } from "./group-event";
import type { GroupRecord } from "./group-record";
import { GroupState } from "./group-state";
import { heartbeat, onSessionTimer } from "./heartbeat";
import { onDowngraded } from "./consumer/migrate";
import { join } from "./join";
import { leave } from "./leave";
import { onJoinTimer, startRebalance } from "./rebalance";
import { type GroupOutcome, Step } from "./step";
import { onSyncTimer, sync } from "./sync";
import { commitTransactionalOffsets, endTransaction, guardTransaction } from "./transactional-offsets";
import { expireOffsetsKey, parseTimerKey, sessionKey } from "./timer-key";

/** One shard of consumer groups: hands each call and timer to the function that knows its rules. */
export class GroupMachine implements ShardMachine<GroupRequest, GroupReply, GroupRecord, GroupEvent> {
  readonly state: GroupState;

  /** `cluster`: the metadata that consumer groups (KIP-848) work with. */
  constructor(timeline: Timeline, config: GroupConfig, cluster?: ClusterView) {
    this.state = new GroupState(timeline, config, cluster);
  }

  handle(call: CallId, request: GroupRequest, nowMs: number): GroupOutcome {
    const step = new Step(nowMs);
    const { state } = this;
    switch (request.call) {
      case "join":
        join(state, call, request, step);
        break;
      case "sync":
        sync(state, call, request, step);
        break;
      case "heartbeat":
        heartbeat(state, call, request, step);
        break;
      case "leave":
        leave(state, call, request, step);
        break;
      case "consumerHeartbeat":
        consumerHeartbeat(state, call, request, step);
        break;
      case "consumerDescribe":
        describeConsumerGroup(state, call, request, step);
        break;
      case "commitOffsets":
        commitOffsets(state, call, request, step);
        break;
      case "guardTransaction":
        guardTransaction(state, call, request, step);
        break;
      case "commitTransactionalOffsets":
        commitTransactionalOffsets(state, call, request, step);
        break;
      case "endTransaction":
        endTransaction(state, call, request, step);
        break;
      case "fetchOffsets":
        fetchOffsets(state, call, request, step);
        break;
      case "deleteOffsets":
        deleteOffsets(state, call, request, step);
        break;
      case "describe":
        describe(state, call, request, step);
        break;
      case "list":
        list(state, call, request, step);
        break;
      case "deleteGroup":
        deleteGroup(state, call, request, step);
        break;
      case "forgetTopics":
        forgetTopics(state, call, request, step);
        break;
    }
    return step.outcome();
  }

  onTimer(key: string, nowMs: number): GroupOutcome {
    const step = new Step(nowMs);
    const { state } = this;
    const timer = parseTimerKey(key);
    if (timer.timer === "expire offsets") expireOffsets(state, step);
    else {
      const group = state.groups.get(timer.groupId);
      const consumerGroup = state.consumerGroups.get(timer.groupId);
      if (consumerGroup !== undefined) onConsumerTimer(state, consumerGroup, timer, step);
      else if (group !== undefined) {
        if (timer.timer === "session") onSessionTimer(state, group, timer.memberId, step);
        else if (timer.timer === "join") onJoinTimer(group, state.config, step);
        else if (timer.timer === "sync") onSyncTimer(state, group, step);
        else if (timer.timer === "downgraded") onDowngraded(state, group, step);
      }
    }
    return step.outcome();
  }

  replay(record: GroupRecord): void {
    this.state.replay(record);
  }

  /** Sessions of the loaded members begin anew: their heartbeats went nowhere while the shard had no owner. */
  onLoaded(nowMs: number): GroupOutcome {
    const step = new Step(nowMs);
    const { groups, consumerGroups, config } = this.state;
    for (const group of consumerGroups.values()) scheduleLoaded(this.state, group, step);
    for (const group of [...groups.values()]) {
      for (const member of group.members.values()) {
        step.schedule(sessionKey(group.groupId, member.memberId), member.sessionTimeoutMs);
      }
      if (group.members.size > config.groupMaxSize) {
        startRebalance(
          group,
          config,
          step,
          `loaded with ${group.members.size} members, ${config.groupMaxSize} allowed`,
        );
      }
    }
    step.schedule(expireOffsetsKey, config.offsetsRetentionCheckIntervalMs);
    return step.outcome();
  }
}
