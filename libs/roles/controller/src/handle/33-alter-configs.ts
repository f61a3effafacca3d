/**
 * AlterConfigs (33), versions 0–2: what a request does not name is reset. IncrementalAlterConfigs (44), versions 0–1:
 * set, delete, append, subtract (KIP-339). Topics, brokers, groups, client metrics (rule 36).
 */
import {
  alterConfigs as decideAll,
  type AlteredResource,
  incrementalAlterConfigs as decideSome,
} from "@moldau/control";
import {
  readAlterConfigsRequest,
  readIncrementalAlterConfigsRequest,
  writeAlterConfigsResponse,
  writeIncrementalAlterConfigsResponse,
} from "@moldau/protocol";
import { controllerApi } from "./controller-api";

const refuse = (errorCode: AlteredResource["errorCode"], errorMessage: string) => ({
  responses: [{ resourceType: 0, resourceName: "", errorCode, errorMessage }],
});

export const alterConfigs = controllerApi({
  read: readAlterConfigsRequest,
  write: writeAlterConfigsResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideAll(image, settings, request));
    return { response: { responses: reply }, offset };
  },
  refuse,
});

export const incrementalAlterConfigs = controllerApi({
  read: readIncrementalAlterConfigsRequest,
  write: writeIncrementalAlterConfigsResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideSome(image, settings, request));
    return { response: { responses: reply }, offset };
  },
  refuse,
});
