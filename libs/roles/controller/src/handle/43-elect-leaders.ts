/**
 * ElectLeaders, versions 0–2: preferred leaders, from version 1 on unclean ones too (KIP-183, KIP-460, rule 24).
 */
import { electLeaders as decideLeaders } from "@moldau/control";
import { readElectLeadersRequest, writeElectLeadersResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const electLeaders = controllerApi({
  read: readElectLeadersRequest,
  write: writeElectLeadersResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideLeaders(image, settings, request));
    return { response: reply, offset };
  },
  refuse: (errorCode) => ({ errorCode, replicaElectionResults: [] }),
});
