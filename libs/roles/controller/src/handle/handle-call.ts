import { KafkaError } from "@moldau/base";
import type { KafkaAnswer, KafkaCall } from "@moldau/contracts";
import { apis } from "@moldau/protocol";
import { NotActiveError } from "../controller-queue";
import type { Quorum } from "../quorum";
import type { ControllerContext } from "./controller-api";
import { servedApis } from "./served-apis";

/**
 * Answers a client's request. A controller that is not active, or stops being it before the change is committed, says so
 * and names the active one. Rejects for what no gateway should send: an API or a version that is not served.
 */
export async function handleCall(
  call: KafkaCall,
  context: ControllerContext,
  quorum: Pick<Quorum, "isActive" | "leaderId">,
): Promise<KafkaAnswer> {
  const api = servedApis.get(call.apiKey);
  const descriptor = apis.get(call.apiKey);
  if (api === undefined || descriptor === undefined) {
    throw new Error(`the controller does not serve API ${call.apiKey}${descriptor ? ` (${descriptor.name})` : ""}`);
  }
  const { min, max } = descriptor.versions;
  if (call.apiVersion < min || call.apiVersion > max) {
    throw new Error(`the controller serves ${descriptor.name} in versions ${min} to ${max}, not ${call.apiVersion}`);
  }
  if (!quorum.isActive) return notController(quorum);
  try {
    const { body, offset } = await api(call, context);
    return { body, ...(offset !== undefined && { metadataOffset: offset }) };
  } catch (error) {
    if (error instanceof NotActiveError) return notController(quorum);
    throw error;
  }
}

function notController(quorum: Pick<Quorum, "leaderId">): KafkaAnswer {
  return { body: new Uint8Array(), errorCode: KafkaError.NOT_CONTROLLER, leaderId: quorum.leaderId };
}
