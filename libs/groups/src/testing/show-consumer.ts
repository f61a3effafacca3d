import type { ConsumerRecord } from "../index";
import { nameOf } from "./fake-topics";

export function showConsumerRecord(record: ConsumerRecord): string {
  const { groupId: g } = record;
  switch (record.kind) {
    case "consumer group":
      return `${g} ${record.value === null ? "tombstone" : showEpoch(record.value)}`;
    case "consumer target epoch":
      return `${g} target ${record.value === null ? "tombstone" : `epoch=${record.value.epoch}`}`;
    case "consumer topics": {
      if (record.value === null) return `${g} topics tombstone`;
      return `${g} topics ${[...record.value].map(([name, { partitionCount }]) => `${name}=${partitionCount}`).join(" ")}`;
    }
    case "consumer member": {
      const { value } = record;
      if (value === null) return `${g} member ${record.memberId} tombstone`;
      const said = [`topics=${value.subscribedTopicNames.join(",")}`];
      if (value.subscribedTopicRegex !== "") said.push(`regex=${value.subscribedTopicRegex}`);
      if (value.instanceId !== null) said.push(`instance=${value.instanceId}`);
      if (value.rackId !== null) said.push(`rack=${value.rackId}`);
      if (value.serverAssignor !== null) said.push(`assignor=${value.serverAssignor}`);
      if (value.classic !== null) said.push(`classic=${value.classic.protocols.map(({ name }) => name).join(",")}`);
      return `${g} member ${record.memberId} ${said.join(" ")}`;
    }
    case "consumer target":
      return `${g} target ${record.memberId} ${record.value === null ? "tombstone" : showAssignment(record.value)}`;
    case "consumer current": {
      const { value } = record;
      if (value === null) return `${g} current ${record.memberId} tombstone`;
      const revokes = value.pendingRevocation.size === 0 ? "" : ` gives up ${showAssignment(value.pendingRevocation)}`;
      const epochs = `${value.previousMemberEpoch}→${value.memberEpoch}`;
      return `${g} current ${record.memberId} ${value.state} ${epochs} has ${showAssignment(value.assigned)}${revokes}`;
    }
    case "consumer expression": {
      const topics = record.value === null ? "tombstone" : record.value.topics.join(",");
      return `${g} expression ${record.expression} ${topics}`;
    }
  }
}

/** The hash itself says nothing to a reader. */
function showEpoch({ epoch, racksHash }: { readonly epoch: number; readonly racksHash: bigint }): string {
  return `epoch=${epoch}${racksHash === 0n ? "" : " with racks"}`;
}

/** `orders[0,1] payments[2]`, or `nothing`. */
export function showAssignment(assignment: Iterable<readonly [string, readonly number[]]>): string {
  return [...assignment].map(([id, partitions]) => `${nameOf(id)}[${partitions.join(",")}]`).join(" ") || "nothing";
}
