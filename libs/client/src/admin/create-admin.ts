import type { Admin, CreateAdmin } from "../api";
import { Cluster } from "../cluster";
import { addRaftVoter, describeCluster, describeQuorum, features, removeRaftVoter } from "./cluster-info";
import { alterConfigs, describeConfigs } from "./configs";
import { commitOffsets, committedOffsets, deleteGroup, describeGroups, listGroups } from "./groups";
import { listOffsets } from "./list-offsets";
import { recordTimestamps } from "./record-timestamps";
import { listReassignments, reassignPartitions } from "./reassignments";
import {
  abortTransaction,
  describeProducers,
  describeTransactions,
  fenceProducer,
  listTransactions,
} from "./transactions";
import { createPartitions, createTopic, deleteTopic, describeTopics, listTopics } from "./topics";

/** An admin client. Connects with the first call; each call retries what is worth it within `timeoutMs`. */
export const createAdmin: CreateAdmin = (options): Admin => {
  const cluster = new Cluster(options);
  return {
    describeCluster: () => describeCluster(cluster),
    listTopics: () => listTopics(cluster),
    describeTopics: (names) => describeTopics(cluster, names),
    createTopic: (topic) => createTopic(cluster, topic),
    deleteTopic: (name) => deleteTopic(cluster, name),
    createPartitions: (topic, count) => createPartitions(cluster, topic, count),
    reassignPartitions: (changes) => reassignPartitions(cluster, changes),
    listReassignments: () => listReassignments(cluster),
    describeConfigs: (resource) => describeConfigs(cluster, resource),
    alterConfigs: (resource, changes) => alterConfigs(cluster, resource, changes),
    listOffsets: (partitions, timestamp) => listOffsets(cluster, partitions, timestamp),
    listGroups: (filter) => listGroups(cluster, filter),
    describeGroups: (ids) => describeGroups(cluster, ids),
    deleteGroup: (id) => deleteGroup(cluster, id),
    committedOffsets: (groupId) => committedOffsets(cluster, groupId),
    commitOffsets: (groupId, offsets) => commitOffsets(cluster, groupId, offsets),
    recordTimestamps: (positions) => recordTimestamps(cluster, positions),
    listTransactions: (filter) => listTransactions(cluster, filter),
    describeTransactions: (ids) => describeTransactions(cluster, ids),
    describeProducers: (partitions) => describeProducers(cluster, partitions),
    fenceProducer: (transactionalId) => fenceProducer(cluster, transactionalId),
    abortTransaction: (hanging) => abortTransaction(cluster, hanging),
    features: () => features(cluster),
    describeQuorum: () => describeQuorum(cluster),
    addRaftVoter: (voter) => addRaftVoter(cluster, voter),
    removeRaftVoter: (voter) => removeRaftVoter(cluster, voter),
    close: () => cluster.close(),
  };
};
