/**
 * UpdateFeatures, versions 0–2: finalizes feature levels, all or none (KIP-584, KIP-1022).
 */
import { updateFeatures as decideFeatures } from "@moldau/control";
import { readUpdateFeaturesRequest, writeUpdateFeaturesResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const updateFeatures = controllerApi({
  read: readUpdateFeaturesRequest,
  write: writeUpdateFeaturesResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideFeatures(image, settings, request));
    return { response: reply, offset };
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage, results: [] }),
});
