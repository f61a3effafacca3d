import type { NodeId } from "@moldau/base";
import { type Config, DynamicConfig } from "@moldau/config";
import { ConfigResourceType } from "@moldau/metadata";
import type { MetadataObserver } from "@moldau/metadata-observer";

/**
 * A node's configuration that follows what administrators set on it and on the default of all brokers. Made before the roles
 * subscribe to the observer, so that they find it up to date when they hear of a change.
 */
export function followDynamicConfig(
  config: Config,
  nodeId: NodeId,
  observer: Pick<MetadataObserver, "subscribe">,
): DynamicConfig {
  const dynamic = new DynamicConfig(config);
  const { BROKER } = ConfigResourceType;
  observer.subscribe((_delta, image) =>
    dynamic.update({ own: image.configs(BROKER, String(nodeId)), clusterDefault: image.configs(BROKER, "") }),
  );
  return dynamic;
}
