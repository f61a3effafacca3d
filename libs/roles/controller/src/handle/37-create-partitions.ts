/**
 * CreatePartitions, versions 0–3: a topic's number of partitions grows, by given assignments or by placement (KIP-195).
 * Quota: KIP-599, an error from version 3 on.
 */
import { createPartitions as decidePartitions } from "@moldau/control";
import { readCreatePartitionsRequest, writeCreatePartitionsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

const strictSince = 3;

export const createPartitions = controllerApi({
  read: readCreatePartitionsRequest,
  write: writeCreatePartitionsResponse,
  async answer(request, { queue, random, mutations }, version, client) {
    const quota = mutations.of(client, { version, strictSince });
    const { reply, offset } = await queue.decide((image) => decidePartitions(image, request, random, quota.admit));
    return { response: { throttleTimeMs: quota.throttleTimeMs(), results: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ results: [{ name: "", errorCode, errorMessage }] }),
});
