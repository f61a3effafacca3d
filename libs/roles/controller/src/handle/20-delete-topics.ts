/**
 * DeleteTopics, versions 0–6: by name, from version 6 on by id as well (KIP-516). Quota: KIP-599, an error from version 5 on.
 */
import { ZERO_UUID } from "@moldau/base";
import { deleteTopics as decideTopics } from "@moldau/control";
import { readDeleteTopicsRequest, writeDeleteTopicsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

const strictSince = 5;

export const deleteTopics = controllerApi({
  read: readDeleteTopicsRequest,
  write: writeDeleteTopicsResponse,
  async answer(request, { queue, settings, mutations }, version, client) {
    const quota = mutations.of(client, { version, strictSince });
    const { reply, offset } = await queue.decide((image) => decideTopics(image, settings, request, quota.admit));
    return { response: { throttleTimeMs: quota.throttleTimeMs(), responses: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({
    responses: [{ name: "", topicId: ZERO_UUID, errorCode, errorMessage }],
  }),
});
