/**
 * DeleteTopics, versions 0–6: by name, from version 6 on by id as well (KIP-516).
 */
import { ZERO_UUID } from "@moldau/base";
import { deleteTopics as decideTopics } from "@moldau/control";
import { readDeleteTopicsRequest, writeDeleteTopicsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const deleteTopics = controllerApi({
  read: readDeleteTopicsRequest,
  write: writeDeleteTopicsResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideTopics(image, settings, request));
    return { response: { responses: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({
    responses: [{ name: "", topicId: ZERO_UUID, errorCode, errorMessage }],
  }),
});
