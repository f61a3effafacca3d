import { advertisedEndpoints, controllersOf, parseVoters, type RoleContext, UsageError } from "@moldau/host";
import { type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { ControllerAddress } from "@moldau/rpc";
import { QUORUM_LISTENER, type Quorum, type QuorumOptions } from "./quorum";

/** How this controller finds the others. */
export interface QuorumPlan {
  readonly voters: readonly ControllerAddress[];
  readonly dynamic: QuorumOptions["dynamic"];
}

const INITIAL = "moldau.controller.initial.voters";

/**
 * What the configuration says of the quorum. Static: controller.quorum.voters names all controllers, this one among them,
 * for good. Dynamic (KIP-853): controller.quorum.bootstrap.servers says where to ask for them, and
 * moldau.controller.initial.voters who begins a new cluster; everyone else joins. @throws UsageError
 */
export function quorumPlanOf(context: Pick<RoleContext, "config" | "nodeId">): QuorumPlan {
  const { config, nodeId } = context;
  const voters = parseVoters(config.list("controller.quorum.voters"));
  if (voters.length > 0) {
    if (voters.some(({ id }) => id === nodeId)) return { voters, dynamic: undefined };
    throw new UsageError(
      `controller.quorum.voters does not name node ${nodeId}; a controller has to be one of the voters. For controllers that come and go give controller.quorum.bootstrap.servers instead.`,
    );
  }
  const bootstrap = controllersOf(config);
  if (bootstrap.length === 0) {
    throw new UsageError(
      `node ${nodeId} is a controller and knows no other: give controller.quorum.voters, or controller.quorum.bootstrap.servers and ${INITIAL}`,
    );
  }
  const endpoint = advertisedEndpoints(context).find(({ name }) => name === QUORUM_LISTENER);
  if (endpoint === undefined) {
    throw new UsageError(`listeners names no ${QUORUM_LISTENER}://host:port, on which controllers reach each other`);
  }
  return {
    voters: parseVoters(config.list(INITIAL), INITIAL),
    dynamic: {
      self: { id: nodeId, host: endpoint.host, port: endpoint.port },
      bootstrap: bootstrap.map(({ id }) => id),
    },
  };
}

/** The feature level follows the quorum: it is a fact about the voters, and clients read it like any other feature. */
export function kraftVersionRecords(image: MetadataImage, quorum: Pick<Quorum, "describe">): MetadataRecord[] {
  const featureLevel = quorum.describe().kraftVersion;
  if (featureLevel === (image.features.get("kraft.version") ?? 0)) return [];
  return [record("FeatureLevelRecord", { name: "kraft.version", featureLevel })];
}
