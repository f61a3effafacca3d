/** DescribeCluster, versions 0–2: the nodes and the cluster id, from the image. KIPs: 700, 919, 1073. */
import { KafkaError } from "@moldau/base";
import { readDescribeClusterRequest, writeDescribeClusterResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { clusterOperations, noOperations } from "../authorized-operations";
import type { Gateway } from "../gateway";
import { controllerDoor } from "./03-metadata";

const brokersEndpoint = 1;
const controllersEndpoint = 2;

export function describeCluster(call: Call, gateway: Gateway): Answer {
  const request = decode(call, readDescribeClusterRequest);
  if (call.version >= 1 && request.endpointType !== brokersEndpoint) {
    return answer(call, writeDescribeClusterResponse, {
      ...(request.endpointType === controllersEndpoint
        ? {
            errorCode: KafkaError.MISMATCHED_ENDPOINT_TYPE,
            errorMessage:
              "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER",
          }
        : {
            errorCode: KafkaError.UNSUPPORTED_ENDPOINT_TYPE,
            errorMessage: `Unsupported endpoint type ${request.endpointType}`,
          }),
      endpointType: brokersEndpoint,
    });
  }
  const { image } = gateway;
  const doors = gateway.doorsFor(call.listener);
  return answer(call, writeDescribeClusterResponse, {
    errorCode: 0,
    endpointType: brokersEndpoint,
    clusterId: image.clusterId,
    controllerId: controllerDoor(gateway),
    brokers: doors
      .all()
      .map(({ nodeId, host, port, rack }) => ({ brokerId: nodeId, host, port, rack, isFenced: false })),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations ? clusterOperations : noOperations,
  });
}
