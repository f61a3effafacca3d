import { KafkaError } from "@moldau/base";
import { Reader, readHeartbeatResponse, readResponseHeader } from "@moldau/protocol";
import { ask, groupCalls } from "./group-calls";
import { frameOf, LoadConnection } from "./kafka-load";

const { heartbeat, join, sync } = groupCalls;
/** The shard is still being given to its owner, as when the coordinators' topic was made just now. */
const notYet = new Set<number>([
  KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
  KafkaError.COORDINATOR_NOT_AVAILABLE,
  KafkaError.NOT_COORDINATOR,
]);
const assignment = Buffer.from("all of it");

/** A member of a classic group, on a connection of its own as every client has one. */
export class LoadMember {
  private memberId = "";
  private generationId = -1;
  private heartbeatFrame: Buffer = Buffer.alloc(0);

  private constructor(
    readonly group: string,
    private readonly connection: LoadConnection,
    private readonly sessionTimeoutMs: number,
  ) {}

  static async open(group: string, address: string, sessionTimeoutMs: number): Promise<LoadMember> {
    return new LoadMember(group, await LoadConnection.open(address), sessionTimeoutMs);
  }

  /** Joins and syncs until it is in; the leader gives everybody the same bytes. */
  async enter(): Promise<void> {
    for (;;) {
      const joined = await ask(this.connection, join, {
        groupId: this.group,
        memberId: this.memberId,
        sessionTimeoutMs: this.sessionTimeoutMs,
        rebalanceTimeoutMs: 60_000,
        protocolType: "consumer",
        protocols: [{ name: "range", metadata: Buffer.from("subscription") }],
      });
      this.memberId = joined.memberId;
      if (joined.errorCode === KafkaError.MEMBER_ID_REQUIRED) continue;
      if (notYet.has(joined.errorCode)) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      if (joined.errorCode !== KafkaError.NONE) throw new Error(`join was answered with error ${joined.errorCode}`);
      this.generationId = joined.generationId;
      const synced = await ask(this.connection, sync, {
        groupId: this.group,
        memberId: this.memberId,
        generationId: this.generationId,
        protocolType: "consumer",
        protocolName: "range",
        assignments: joined.members.map(({ memberId }) => ({ memberId, assignment })),
      });
      if (synced.errorCode === KafkaError.REBALANCE_IN_PROGRESS) continue;
      if (synced.errorCode !== KafkaError.NONE) throw new Error(`sync was answered with error ${synced.errorCode}`);
      break;
    }
    this.heartbeatFrame = frameOf(heartbeat.key, heartbeat.version, (writer) =>
      heartbeat.write(
        writer,
        { groupId: this.group, memberId: this.memberId, generationId: this.generationId },
        heartbeat.version,
      ),
    );
  }

  /** Error code of one heartbeat. */
  async heartbeat(): Promise<number> {
    const reader = new Reader(await this.connection.send(this.heartbeatFrame));
    readResponseHeader(reader, heartbeat.key, heartbeat.version);
    return readHeartbeatResponse(reader, heartbeat.version).errorCode;
  }

  close(): void {
    this.connection.close();
  }
}
