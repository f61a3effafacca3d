import { KafkaError, type Uuid } from "@moldau/base";
import { clusterFeatures, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { UpdateFeaturesRequest } from "@moldau/protocol";
import { type ApiError, apiError, type Decision, noError } from "./decision";

/** What the first active controller of a new cluster writes; nothing where the log has begun already. */
export function bootstrapRecords(image: MetadataImage, clusterId: Uuid): MetadataRecord[] {
  if (image.clusterId !== "") return [];
  const records = [record("ClusterIdRecord", { clusterId })];
  for (const [name, { initial }] of clusterFeatures) {
    if (initial > 0) records.push(record("FeatureLevelRecord", { name, featureLevel: initial }));
  }
  return records;
}

export interface UpdatedFeature extends ApiError {
  readonly feature: string;
}

/** Kafka's FeatureUpdate.UpgradeType. */
const UpgradeType = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

/**
 * Finalizes feature levels, all or none: one refused update refuses the request, as Kafka does since version 2.
 * metadata.version is not lowered: records of the newer version may be in the log. Source: UpdateFeatures 0–2, KIP-584, KIP-1022.
 */
export function updateFeatures(
  image: MetadataImage,
  request: UpdateFeaturesRequest,
): Decision<ApiError & { results: UpdatedFeature[] }> {
  const records: MetadataRecord[] = [];
  const seen = new Set<string>();
  const results = request.featureUpdates.map((update): UpdatedFeature => {
    const { feature, maxVersionLevel: level } = update;
    const refuse = (message: string) => ({ feature, ...apiError(KafkaError.INVALID_UPDATE_VERSION, message) });
    const range = clusterFeatures.get(feature);
    if (seen.has(feature)) return { feature, ...apiError(KafkaError.INVALID_REQUEST, "Duplicate feature.") };
    seen.add(feature);
    if (range === undefined) {
      return refuse(
        `Invalid update version ${level} for feature ${feature}. The cluster does not support this feature.`,
      );
    }
    if (level !== 0 && (level < range.min || level > range.max)) {
      return refuse(
        `Invalid update version ${level} for feature ${feature}. The cluster supports versions ${range.min}-${range.max}.`,
      );
    }
    const current = image.features.get(feature) ?? 0;
    if (level < current) {
      const allowed =
        update.upgradeType === UpgradeType.SAFE_DOWNGRADE ||
        update.upgradeType === UpgradeType.UNSAFE_DOWNGRADE ||
        update.allowDowngrade;
      if (!allowed) {
        return refuse(
          `Invalid update version ${level} for feature ${feature}. Can't downgrade without setting the upgrade type to either safe or unsafe downgrade.`,
        );
      }
      if (feature === "metadata.version") {
        return refuse(
          `Invalid update version ${level} for feature ${feature}. Downgrading the metadata version is not supported.`,
        );
      }
    }
    if (level !== current) records.push(record("FeatureLevelRecord", { name: feature, featureLevel: level }));
    return { feature, ...noError };
  });
  const first = results.find((each) => each.errorCode !== KafkaError.NONE);
  if (first !== undefined) {
    const { errorCode, errorMessage } = first;
    return { records: [], reply: { errorCode, errorMessage, results } };
  }
  return { records: request.validateOnly ? [] : records, reply: { ...noError, results } };
}
