import type { Admin, FeatureLevels } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { onController } from "./on-controller";

/** Source: FeatureUpdate.UpgradeType. */
const upgradeTypes = { upgrade: 1, safe_downgrade: 2, unsafe_downgrade: 3 } as const;
const UPGRADE_TYPE_SINCE_VERSION = 1;

/** Every node tells it with its versions. Source: KIP-584. */
export function describeFeatures(cluster: Cluster, nodeId?: number): Promise<FeatureLevels> {
  return cluster.retry(async () => {
    const request = { clientSoftwareName: "moldau-client", clientSoftwareVersion: "0.1.0" };
    const answer =
      nodeId === undefined
        ? await cluster.callAny(calls.apiVersions, request)
        : await cluster.call(nodeId, calls.apiVersions, request);
    check("features", answer.errorCode);
    return {
      finalizedEpoch: answer.finalizedFeaturesEpoch,
      finalized: answer.finalizedFeatures.map(({ name, minVersionLevel, maxVersionLevel }) => ({
        name,
        min: minVersionLevel,
        max: maxVersionLevel,
      })),
      supported: answer.supportedFeatures.map(({ name, minVersion, maxVersion }) => ({
        name,
        min: minVersion,
        max: maxVersion,
      })),
    };
  });
}

/**
 * All together or none: from version 2 on the cluster has one answer for the whole, which is thrown. Older ones tell of
 * each feature. Source: KIP-584, KIP-778.
 */
export async function updateFeatures(
  cluster: Cluster,
  updates: Parameters<Admin["updateFeatures"]>[0],
  { validateOnly = false }: NonNullable<Parameters<Admin["updateFeatures"]>[1]> = {},
): ReturnType<Admin["updateFeatures"]> {
  const codes = new Map<string, { errorCode: number; errorMessage: string | null }>();
  await onController(cluster, async (ask) => {
    const answer = await ask(calls.updateFeatures, (version) => ({
      timeoutMs: cluster.timeoutMs,
      featureUpdates: updates.map(({ name, level, type }) => ({
        feature: name,
        maxVersionLevel: level,
        ...(version >= UPGRADE_TYPE_SINCE_VERSION
          ? { upgradeType: upgradeTypes[type] }
          : { allowDowngrade: type !== "upgrade" }),
      })),
      ...(version >= UPGRADE_TYPE_SINCE_VERSION ? { validateOnly } : {}),
    }));
    check("update features", answer.errorCode, answer.errorMessage);
    for (const { feature, ...result } of answer.results) codes.set(feature, result);
  });
  return updates.map(({ name }) => {
    const { errorCode, errorMessage } = codes.get(name) ?? { errorCode: 0, errorMessage: null };
    return { name, error: errorCode === 0 ? null : refused(`update feature ${name}`, errorCode, errorMessage) };
  });
}
