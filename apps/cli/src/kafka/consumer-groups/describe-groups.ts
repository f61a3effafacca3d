import { KafkaError } from "@moldau/base";
import type { Admin, CommittedOffset, GroupDescription, TopicPartitionName } from "@moldau/client";
import { row, widthOf } from "../columns";
import { javaErrorOf } from "../java-error";
import type { ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import { byTopicAndPartition } from "./topic-scope";

type Member = GroupDescription["members"][number];

const NONE = "-";
const WIDTH_MIN = 15;

/** `--describe`: offsets, or with `--members` or `--state` those. */
export async function describeGroups(tool: ToolRun, admin: Admin, ids: readonly string[]): Promise<void> {
  const groups = await admin.describeGroups([...ids].sort());
  // Kafka's client answers this for a group that nobody knows, instead of a description.
  const missing = groups.find(({ state }) => state === "Dead");
  if (missing !== undefined) {
    const { exception } = javaErrorOf(KafkaError.GROUP_ID_NOT_FOUND);
    throw new ToolError(`org.apache.kafka.common.errors.${exception}: Group ${missing.groupId} not found.`);
  }
  if (tool.options.has("members")) for (const group of groups) printMembers(tool, group);
  else if (tool.options.has("state")) await printStates(tool, admin, groups);
  else for (const group of groups) await printOffsets(tool, admin, group);
}

/** What is said of a group before its table; whether there is anything to show. */
function introduce({ warn }: ToolRun, { groupId, state }: GroupDescription, rows: number): boolean {
  if (state === "Empty") warn(`\nConsumer group '${groupId}' has no active members.`);
  else if (state !== "Stable") warn(`\nWarning: Consumer group '${groupId}' is rebalancing.`);
  return rows > 0;
}

interface OffsetRow {
  topic: string;
  partition: string | number;
  leaderEpoch: string | number;
  offset: string | number;
  end: string | number;
  lag: string | number;
  member: { memberId: string; host: string; clientId: string };
}

async function printOffsets(tool: ToolRun, admin: Admin, group: GroupDescription): Promise<void> {
  const { print, write, options } = tool;
  const rows = await offsetRows(admin, group);
  if (!introduce(tool, group, rows.length)) return;
  const verbose = options.has("verbose");
  const widths = [
    widthOf(WIDTH_MIN, [group.groupId]),
    widthOf(
      WIDTH_MIN,
      rows.map(({ topic }) => topic),
    ),
    10,
    ...(verbose ? [15] : []),
    15,
    15,
    15,
    widthOf(
      WIDTH_MIN,
      rows.map(({ member }) => member.memberId),
    ),
    widthOf(
      WIDTH_MIN,
      rows.map(({ member }) => member.host),
    ),
  ];
  const line = (cells: readonly (string | number)[]): void => write(`\n${row(cells, widths)}`);
  const epoch = verbose ? ["LEADER-EPOCH"] : [];
  line([
    "GROUP",
    "TOPIC",
    "PARTITION",
    ...epoch,
    "CURRENT-OFFSET",
    "LOG-END-OFFSET",
    "LAG",
    "CONSUMER-ID",
    "HOST",
    "CLIENT-ID",
  ]);
  for (const { topic, partition, leaderEpoch, offset, end, lag, member } of rows) {
    const { memberId, host, clientId } = member;
    line([
      group.groupId,
      topic,
      partition,
      ...(verbose ? [leaderEpoch] : []),
      offset,
      end,
      lag,
      memberId,
      host,
      clientId,
    ]);
  }
  print("");
}

/** Members with the most partitions first, then what nobody is assigned. */
async function offsetRows(admin: Admin, group: GroupDescription): Promise<OffsetRow[]> {
  const committed = new Map(
    (await admin.committedOffsets(group.groupId))
      .filter(({ offset }) => offset >= 0)
      .map((at) => [`${at.topic}:${at.partition}`, at]),
  );
  const assigned = group.members
    .map((member) => ({ member, partitions: partitionsOf(member.assignment).sort(byTopicAndPartition) }))
    .filter(({ partitions }) => partitions.length > 0)
    .sort((a, b) => b.partitions.length - a.partitions.length);
  const taken = new Set(assigned.flatMap(({ partitions }) => partitions.map(keyOf)));
  const left = [...committed.values()].filter((at) => !taken.has(keyOf(at))).sort(byTopicAndPartition);
  const nobody = { memberId: NONE, host: NONE, clientId: NONE };
  const all = [
    ...assigned.flatMap(({ member, partitions }) => partitions.map((at) => ({ at, member }))),
    ...left.map((at) => ({ at, member: nobody })),
  ];
  const ends = await admin.offsetsFor(
    all.map(({ at }) => ({ topic: at.topic, partition: at.partition, timestamp: "latest" })),
  );
  const failure = ends.find(({ error }) => error !== null && error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
  if (failure?.error) throw failure.error;
  return all.map(({ at, member }, index): OffsetRow => {
    const end = ends[index]!.error === null ? ends[index]!.offset : undefined;
    const offset: CommittedOffset | undefined = committed.get(keyOf(at));
    return {
      topic: at.topic,
      partition: at.partition,
      leaderEpoch: offset === undefined || offset.leaderEpoch < 0 ? NONE : offset.leaderEpoch,
      offset: offset?.offset ?? NONE,
      end: end ?? NONE,
      lag: offset === undefined || end === undefined ? NONE : end - offset.offset,
      member,
    };
  });
}

function keyOf({ topic, partition }: TopicPartitionName): string {
  return `${topic}:${partition}`;
}

function partitionsOf(assignment: Member["assignment"]): TopicPartitionName[] {
  return assignment.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}

function printMembers(tool: ToolRun, group: GroupDescription): void {
  const { write, options } = tool;
  const { members, groupId } = group;
  const shown = introduce(tool, group, members.length);
  const verbose = options.has("verbose");
  const rows = members.map((member) => ({
    ...member,
    instance: member.instanceId ?? "",
    count: partitionsOf(member.assignment).length,
    current: assignmentText(member.assignment),
    target: assignmentText(member.targetAssignment ?? []),
  }));
  const width = (least: number, of: (member: (typeof rows)[number]) => string): number =>
    widthOf(least, shown ? rows.map(of) : []);
  const static_ = shown && rows.some(({ instance }) => instance !== "");
  const migrating = rows.some(({ upgraded }) => upgraded === true) && rows.some(({ upgraded }) => upgraded === false);
  const widths = [
    widthOf(WIDTH_MIN, shown ? [groupId] : []),
    width(WIDTH_MIN, ({ memberId }) => memberId),
    ...(static_ ? [width(17, ({ instance }) => instance)] : []),
    width(WIDTH_MIN, ({ host }) => host),
    width(WIDTH_MIN, ({ clientId }) => clientId),
    15,
  ];
  const moreWidths = [15, width(20, ({ current }) => current), 15, width(20, ({ target }) => target)];
  const line = (cells: readonly (string | number)[], more: readonly (string | number)[]): string =>
    `${row(cells, widths)} ${verbose ? row(more, moreWidths) : ""}\n`;
  const instance = (text: string): string[] => (static_ ? [text] : []);
  const upgraded = (text: string): string[] => (migrating ? [text] : []);
  write("\n");
  write(
    line(
      ["GROUP", "CONSUMER-ID", ...instance("GROUP-INSTANCE-ID"), "HOST", "CLIENT-ID", "#PARTITIONS"],
      ["CURRENT-EPOCH", "CURRENT-ASSIGNMENT", "TARGET-EPOCH", "TARGET-ASSIGNMENT", ...upgraded("UPGRADED")],
    ),
  );
  for (const member of rows) {
    write(
      line(
        [groupId, member.memberId, ...instance(member.instance), member.host, member.clientId, member.count],
        [
          member.memberEpoch ?? NONE,
          member.current,
          group.targetAssignmentEpoch ?? NONE,
          member.target,
          ...upgraded(member.upgraded === undefined ? NONE : String(member.upgraded)),
        ],
      ),
    );
  }
}

/** `orders:0,1;payments:3`. */
function assignmentText(assignment: Member["assignment"]): string {
  const topics = assignment
    .filter(({ partitions }) => partitions.length > 0)
    .map(({ topic, partitions }) => `${topic}:${[...partitions].sort((a, b) => a - b).join(",")}`);
  return topics.length === 0 ? NONE : topics.sort().join(";");
}

async function printStates(tool: ToolRun, admin: Admin, groups: readonly GroupDescription[]): Promise<void> {
  const { write, print, options } = tool;
  const { nodes } = await admin.describeCluster();
  for (const group of groups) {
    introduce(tool, group, 1);
    const node = nodes.find(({ nodeId }) => nodeId === group.coordinator);
    const coordinator = `${node?.host ?? ""}:${node?.port ?? ""}  (${group.coordinator})`;
    const verbose = options.has("verbose");
    const widths = [
      widthOf(WIDTH_MIN, [group.groupId]),
      widthOf(25, [coordinator]),
      20,
      20,
      ...(verbose ? [15, 25] : []),
    ];
    const epochs = verbose ? ["GROUP-EPOCH", "TARGET-ASSIGNMENT-EPOCH"] : [];
    write(`\n${row(["GROUP", "COORDINATOR (ID)", "ASSIGNMENT-STRATEGY", "STATE", ...epochs, "#MEMBERS"], widths)}`);
    const ownEpochs = verbose ? [group.groupEpoch ?? NONE, group.targetAssignmentEpoch ?? NONE] : [];
    const cells = [group.groupId, coordinator, group.protocol || NONE, group.state, ...ownEpochs, group.members.length];
    write(`\n${row(cells, widths)}`);
    print("");
  }
}
