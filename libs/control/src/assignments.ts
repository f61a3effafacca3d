import { KafkaError, type NodeId } from "@moldau/base";
import { hasRole, type MetadataImage } from "@moldau/metadata";
import { type ApiError, apiError } from "./decision";

/** What is wrong with replicas that somebody chose by hand; undefined where nothing is. */
export function checkAssignment(
  image: MetadataImage,
  replicas: readonly NodeId[],
  replicationFactor: number | undefined,
): ApiError | undefined {
  const invalid = (message: string) => apiError(KafkaError.INVALID_REPLICA_ASSIGNMENT, message);
  if (replicas.length === 0) return invalid("The manual partition assignment includes an empty replica list.");
  for (const [index, nodeId] of replicas.entries()) {
    const node = image.brokers.get(nodeId);
    if (node === undefined) {
      return invalid(`The manual partition assignment includes broker ${nodeId}, but no such broker is registered.`);
    }
    if (!hasRole(node, "broker")) {
      return invalid(`The manual partition assignment includes node ${nodeId}, which stores no partitions.`);
    }
    if (replicas.indexOf(nodeId) !== index) {
      return invalid(`The manual partition assignment includes the broker ${nodeId} more than once.`);
    }
  }
  if (replicationFactor !== undefined && replicas.length !== replicationFactor) {
    return invalid(
      `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, which have ${replicationFactor} replica(s).`,
    );
  }
  return undefined;
}
