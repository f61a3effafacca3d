/**
 * DescribeClientQuotas, versions 0–1: the quotas in the image that a filter means: by name, default, or kind, strictly or
 * with other kinds beside them. KIPs: 546, 612.
 */
import { readDescribeClientQuotasRequest, writeDescribeClientQuotasResponse } from "@moldau/protocol";
import { filterQuotas } from "@moldau/quotas";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";

export function describeClientQuotas(call: Call, gateway: Gateway): Answer {
  const filter = decode(call, readDescribeClientQuotasRequest);
  const found = filterQuotas(gateway.image.clientQuotas.values(), filter);
  if (!("entries" in found)) {
    return answer(call, writeDescribeClientQuotasResponse, { ...found, entries: null });
  }
  return answer(call, writeDescribeClientQuotasResponse, {
    errorCode: 0,
    errorMessage: null,
    entries: found.entries.map(({ entity, values }) => ({
      entity: [...entity].map(([entityType, entityName]) => ({ entityType, entityName })),
      values: [...values].map(([key, value]) => ({ key, value })),
    })),
  });
}
