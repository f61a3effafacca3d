/**
 * ApiVersions, versions 0–4: what this gateway serves, and the finalized features.
 * Rules 1–3: the response header is always v0; an unknown version is answered in v0 with error 35 and our range; v3+
 * names the client software, which must be well formed; before v4 features whose minimum level is 0 are left out.
 * KIPs: 35, 511, 584, 1022.
 */
import { KafkaError } from "@moldau/base";
import { clusterFeatures } from "@moldau/metadata";
import {
  ApiKey,
  readApiVersionsRequest,
  Writer,
  writeApiVersionsResponse,
  writeResponseHeader,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { advertisedVersions } from "../served-apis";

const softwareVersion = 3;
const featuresWithZeroMinimumFrom = 4;
const software = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

export function apiVersions(call: Call, gateway: Gateway): Answer {
  const request = decode(call, readApiVersionsRequest);
  if (
    call.version >= softwareVersion &&
    !(software.test(request.clientSoftwareName) && software.test(request.clientSoftwareVersion))
  ) {
    return answer(call, writeApiVersionsResponse, { errorCode: KafkaError.INVALID_REQUEST });
  }
  if (call.version >= softwareVersion) {
    call.client.softwareName = request.clientSoftwareName;
    call.client.softwareVersion = request.clientSoftwareVersion;
  }
  const { features } = gateway.image;
  return answer(call, writeApiVersionsResponse, {
    errorCode: 0,
    apiKeys: advertisedVersions(features, { reports: gateway.clientMetrics !== undefined }),
    throttleTimeMs: 0,
    supportedFeatures: [...clusterFeatures]
      .filter(([, { min }]) => min > 0 || call.version >= featuresWithZeroMinimumFrom)
      .map(([name, { min, max }]) => ({ name, minVersion: min, maxVersion: max })),
    finalizedFeaturesEpoch: gateway.image.offset,
    finalizedFeatures: [...features].map(([name, level]) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
  });
}

/** The answer to a version that we do not know: the client picks one from it and asks again. */
export function unsupportedApiVersions(correlationId: number): Uint8Array[] {
  const writer = new Writer();
  writeResponseHeader(writer, ApiKey.ApiVersions, 0, { correlationId });
  const own = advertisedVersions(new Map()).filter(({ apiKey }) => apiKey === ApiKey.ApiVersions);
  writeApiVersionsResponse(writer, { errorCode: KafkaError.UNSUPPORTED_VERSION, apiKeys: own }, 0);
  return writer.chunks();
}
