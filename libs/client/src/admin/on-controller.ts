import { KafkaError } from "@moldau/base";
import type { Call, RequestFor } from "../calls";
import { isClientError } from "../client-error";
import type { Cluster } from "../cluster";

/** Asks the node that metadata names as controller, since old clusters pass such requests on to nobody. */
export async function onController(
  cluster: Cluster,
  work: (ask: <Q, S>(call: Call<Q, S>, request: RequestFor<Q>) => Promise<S>) => Promise<void>,
): Promise<void> {
  let controllerId: number | undefined;
  await cluster.retry(
    async () => {
      controllerId ??= (await cluster.metadata([])).controllerId;
      const nodeId = controllerId;
      try {
        await work((call, request) =>
          nodeId < 0 ? cluster.callAny(call, request) : cluster.call(nodeId, call, request),
        );
      } catch (error) {
        if (isClientError(error)) controllerId = undefined;
        throw error;
      }
    },
    // A topic that is not there will not come by asking again.
    { again: (error) => error.retriable && error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION },
  );
}
