/**
 * DescribeUserScramCredentials, version 0: the SCRAM credentials in the metadata. There is no way to set any yet, so that
 * nobody has some: all users are none, and one who is asked for by name is not found. kafka-configs asks for them before it
 * tells the quotas of users. KIPs: 554.
 */
import { KafkaError } from "@moldau/base";
import { readDescribeUserScramCredentialsRequest, writeDescribeUserScramCredentialsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";

export function describeUserScramCredentials(call: Call): Answer {
  const users = decode(call, readDescribeUserScramCredentialsRequest).users ?? [];
  const counts = new Map<string, number>();
  for (const { name } of users) counts.set(name, (counts.get(name) ?? 0) + 1);
  return answer(call, writeDescribeUserScramCredentialsResponse, {
    errorCode: 0,
    errorMessage: null,
    results: [...counts].map(([user, count]) => ({ user, ...(count > 1 ? twice(user) : notFound(user)) })),
  });
}

function notFound(user: string) {
  const errorMessage = `Attempt to describe a user credential that does not exist: ${user}`;
  return { errorCode: KafkaError.RESOURCE_NOT_FOUND, errorMessage };
}

function twice(user: string) {
  const errorMessage = `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`;
  return { errorCode: KafkaError.DUPLICATE_RESOURCE, errorMessage };
}
