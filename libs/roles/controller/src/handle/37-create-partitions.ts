/**
 * CreatePartitions, versions 0–3: a topic's number of partitions grows, by given assignments or by placement (KIP-195).
 */
import { createPartitions as decidePartitions } from "@moldau/control";
import { readCreatePartitionsRequest, writeCreatePartitionsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const createPartitions = controllerApi({
  read: readCreatePartitionsRequest,
  write: writeCreatePartitionsResponse,
  async answer(request, { queue, random }) {
    const { reply, offset } = await queue.decide((image) => decidePartitions(image, request, random));
    return { response: { results: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ results: [{ name: "", errorCode, errorMessage }] }),
});
