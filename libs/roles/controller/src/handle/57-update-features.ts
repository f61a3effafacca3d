/**
 * UpdateFeatures, versions 0–2: finalizes feature levels, all or none (KIP-584, KIP-1022).
 */
import { KafkaError } from "@moldau/base";
import { updateFeatures as decideFeatures } from "@moldau/control";
import { readUpdateFeaturesRequest, type UpdateFeaturesRequest, writeUpdateFeaturesResponse } from "@moldau/protocol";
import type { Quorum } from "../quorum";
import { controllerApi } from "./controller-api";

export const updateFeatures = controllerApi({
  read: readUpdateFeaturesRequest,
  write: writeUpdateFeaturesResponse,
  async answer(request, { queue, quorum, settings }) {
    const problem = request.validateOnly ? undefined : raiseKraftVersion(request, quorum);
    if (problem !== undefined) {
      const refusal = { errorCode: KafkaError.INVALID_UPDATE_VERSION, errorMessage: problem };
      const results = request.featureUpdates.map(({ feature }) => ({ feature, ...refusal }));
      return { response: { ...refusal, results }, offset: undefined };
    }
    const { reply, offset } = await queue.decide((image) => decideFeatures(image, settings, request));
    return { response: reply, offset };
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage, results: [] }),
});

/**
 * kraft.version is about the quorum itself: 1 puts the voters, with their disks and addresses, into the log. There is no
 * way back. Says what is in the way, if anything.
 */
function raiseKraftVersion(request: UpdateFeaturesRequest, quorum: Pick<Quorum, "describe" | "nameVoters">) {
  const update = request.featureUpdates.find(({ feature }) => feature === "kraft.version");
  if (update === undefined) return undefined;
  const { kraftVersion } = quorum.describe();
  if (update.maxVersionLevel < kraftVersion) return "kraft.version cannot be lowered: the voters are in the log.";
  if (update.maxVersionLevel !== 1 || kraftVersion === 1) return undefined;
  const lacking = quorum.nameVoters();
  return lacking === undefined ? undefined : `kraft.version cannot be raised to 1 now: ${lacking}.`;
}
