import type { AlterReplicaLogDirsReply, AlterReplicaLogDirsRequest } from "@moldau/contracts";
import type { DirectoryMoves } from "./directory-moves";

/** Moves replicas between the broker's directories (KIP-113); the answer says which moves have begun. */
export function createAlterReplicaLogDirs(
  moves: DirectoryMoves,
): (request: AlterReplicaLogDirsRequest) => Promise<AlterReplicaLogDirsReply> {
  return async ({ replicas }) => ({
    errorCodes: await Promise.all(
      replicas.map(({ path, topicName: topic, partition }) => moves.alter({ path, topic, partition })),
    ),
  });
}
