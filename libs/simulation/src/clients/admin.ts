import { KafkaError } from "@moldau/base";
import type { KafkaAnswer, KafkaCall } from "@moldau/contracts";
import {
  ApiKey,
  readAlterPartitionReassignmentsResponse,
  readCreateTopicsResponse,
  readElectLeadersResponse,
  Reader,
  writeAlterPartitionReassignmentsRequest,
  writeCreateTopicsRequest,
  writeElectLeadersRequest,
  Writer,
} from "@moldau/protocol";
import { Client, type ClientOptions, type TopicPartition } from "./client";

export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly (readonly [name: string, value: string])[];
}

/** A request of a client, as a gateway hands it on. */
export function kafkaCall(apiKey: number, apiVersion: number, body: Uint8Array): KafkaCall {
  return {
    apiKey,
    apiVersion,
    clientId: "simulation",
    principal: "User:ANONYMOUS",
    clientHost: "sim",
    listener: "PLAINTEXT",
    body,
    targetNodeId: -1,
  };
}

/** What an operator does: topics, elections, reassignments. */
export class Admin {
  readonly client: Client;

  constructor(options: ClientOptions) {
    this.client = new Client(options);
  }

  /** Until all of them are there. */
  async createTopics(topics: readonly WantedTopic[]): Promise<void> {
    const writer = new Writer();
    writeCreateTopicsRequest(
      writer,
      {
        topics: topics.map(({ name, partitions, replicationFactor, configs }) => ({
          name,
          numPartitions: partitions,
          replicationFactor,
          configs: configs.map(([key, value]) => ({ name: key, value })),
        })),
        timeoutMs: 5_000,
        validateOnly: false,
      },
      7,
    );
    for (;;) {
      const answer = await this.#ask(kafkaCall(ApiKey.CreateTopics, 7, writer.toBytes()));
      if (answer !== undefined) {
        const { topics: results } = readCreateTopicsResponse(new Reader(answer.body), 7);
        const fine: readonly number[] = [KafkaError.NONE, KafkaError.TOPIC_ALREADY_EXISTS];
        if (results.every(({ errorCode }) => fine.includes(errorCode))) return;
      }
      await this.client.sleep(100);
    }
  }

  /** Type 0: preferred leaders. */
  async electLeaders(): Promise<void> {
    const writer = new Writer();
    writeElectLeadersRequest(writer, { electionType: 0, topicPartitions: null, timeoutMs: 3_000 }, 2);
    const answer = await this.#ask(kafkaCall(ApiKey.ElectLeaders, 2, writer.toBytes()));
    if (answer !== undefined) readElectLeadersResponse(new Reader(answer.body), 2);
  }

  /** Moves a partition to `replicas`; null cancels. Whether it was taken. */
  async reassign({ topic, partition }: TopicPartition, replicas: readonly number[] | null): Promise<boolean> {
    const writer = new Writer();
    writeAlterPartitionReassignmentsRequest(
      writer,
      {
        timeoutMs: 3_000,
        topics: [
          {
            name: topic,
            partitions: [{ partitionIndex: partition, replicas: replicas === null ? null : [...replicas] }],
          },
        ],
      },
      0,
    );
    const answer = await this.#ask(kafkaCall(ApiKey.AlterPartitionReassignments, 0, writer.toBytes()));
    if (answer === undefined) return false;
    const reply = readAlterPartitionReassignmentsResponse(new Reader(answer.body), 0);
    return reply.errorCode === KafkaError.NONE && reply.responses[0]?.partitions[0]?.errorCode === KafkaError.NONE;
  }

  async #ask(call: KafkaCall): Promise<KafkaAnswer | undefined> {
    try {
      const answer = await this.client.peers.controller().handle(call, this.client.call(4_000));
      return answer.errorCode === undefined || answer.errorCode === KafkaError.NONE ? answer : undefined;
    } catch {
      return undefined;
    }
  }
}
