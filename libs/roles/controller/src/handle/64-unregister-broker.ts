/**
 * UnregisterBroker, version 0: takes a node out of the cluster for good (KIP-631).
 */
import { unregisterNode } from "@moldau/control";
import { readUnregisterBrokerRequest, writeUnregisterBrokerResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const unregisterBroker = controllerApi({
  read: readUnregisterBrokerRequest,
  write: writeUnregisterBrokerResponse,
  async answer({ brokerId }, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => unregisterNode(image, settings, brokerId));
    return { response: reply, offset };
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage }),
});
