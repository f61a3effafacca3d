import { KafkaError, type Uuid } from "@moldau/base";
import { clusterFeatures, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { UpdateFeaturesRequest } from "@moldau/protocol";
import { type ApiError, apiError, type Decision, noError } from "./decision";
import { elrSafetyRecords, withoutElr } from "./eligible-replicas";
import { type ControlSettings, elrEnabled } from "./settings";

const ELR_FEATURE = "eligible.leader.replicas.version";
type FeatureSettings = Pick<ControlSettings, "topicDefaults">;

/** What the first active controller of a new cluster writes; nothing where the log has begun already. */
export function bootstrapRecords(image: MetadataImage, settings: FeatureSettings, clusterId: Uuid): MetadataRecord[] {
  if (image.clusterId !== "") return [];
  const records = [record("ClusterIdRecord", { clusterId })];
  for (const [name, { initial }] of clusterFeatures) {
    if (initial > 0) records.push(record("FeatureLevelRecord", { name, featureLevel: initial }));
    if (name === ELR_FEATURE && initial > 0) records.push(...elrSafetyRecords(image, settings));
  }
  return records;
}

export interface UpdatedFeature extends ApiError {
  readonly feature: string;
}

/** Kafka's FeatureUpdate.UpgradeType. Version 0 has only the flag `allowDowngrade`. */
const UpgradeType = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

/**
 * Finalizes feature levels, all or none: one refused update refuses the request, as Kafka does since version 2.
 * metadata.version is not lowered: records of the newer version may be in the log. With the ELR feature, what ELRs rest on
 * is written or put back by the same records. Source: UpdateFeatures 0–2, KIP-584, KIP-966, KIP-1022; FeatureControlManager.
 */
export function updateFeatures(
  image: MetadataImage,
  settings: FeatureSettings,
  request: UpdateFeaturesRequest,
): Decision<ApiError & { results: UpdatedFeature[] }> {
  const records: MetadataRecord[] = [];
  const seen = new Set<string>();
  const results = request.featureUpdates.map((update): UpdatedFeature => {
    const { feature, maxVersionLevel: level } = update;
    const refuse = (message: string) => ({
      feature,
      ...apiError(
        KafkaError.INVALID_UPDATE_VERSION,
        `Invalid update version ${level} for feature ${feature}. ${message}`,
      ),
    });
    const upgradeType = update.allowDowngrade ? UpgradeType.SAFE_DOWNGRADE : update.upgradeType;
    const known: readonly number[] = Object.values(UpgradeType);
    const range = clusterFeatures.get(feature);
    if (seen.has(feature)) return { feature, ...apiError(KafkaError.INVALID_REQUEST, "Duplicate feature.") };
    seen.add(feature);
    if (!known.includes(upgradeType)) return refuse("The controller does not support the given upgrade type.");
    if (level < 0) return refuse("A feature version cannot be less than 0.");
    if (range === undefined) return refuse("The cluster does not support this feature.");
    if (level !== 0 && (level < range.min || level > range.max)) {
      return refuse(`The cluster supports versions ${range.min}-${range.max}.`);
    }
    const current = image.features.get(feature) ?? 0;
    if (level < current && upgradeType === UpgradeType.UPGRADE) {
      return refuse(
        "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
      );
    }
    if (level > current && upgradeType !== UpgradeType.UPGRADE) return refuse("Can't downgrade to a newer version.");
    if (level < current && feature === "metadata.version") {
      return refuse(
        upgradeType === UpgradeType.UNSAFE_DOWNGRADE
          ? "Unsafe metadata downgrade is not supported in this version."
          : "Refusing to perform the requested downgrade because it might delete metadata information.",
      );
    }
    if (level !== current) records.push(record("FeatureLevelRecord", { name: feature, featureLevel: level }));
    return { feature, ...noError };
  });
  const first = results.find((each) => each.errorCode !== KafkaError.NONE);
  if (first !== undefined) {
    const errorMessage = `The update failed for all features since the following feature had an error: ${first.errorMessage}`;
    return { records: [], reply: { errorCode: first.errorCode, errorMessage, results: [] } };
  }
  if (request.validateOnly) return { records: [], reply: { ...noError, results } };
  const elr = records.find((each) => each.name === "FeatureLevelRecord" && each.value.name === ELR_FEATURE);
  if (elr !== undefined) records.push(...(elrEnabled(image) ? withoutElr(image) : elrSafetyRecords(image, settings)));
  return { records, reply: { ...noError, results } };
}
