import type { Admin, CreateAdmin } from "../api";
import { Cluster } from "../cluster";
import { addRaftVoter, describeCluster, describeQuorum, features, removeRaftVoter } from "./cluster-info";
import { alterConfigs, describeConfigs } from "./configs";
import { commitOffsets, committedOffsets, deleteGroup, describeGroups, listGroups } from "./groups";
import { alterClientQuotas, describeClientQuotas } from "./client-quotas";
import { deleteOffsets } from "./delete-offsets";
import { deleteRecords } from "./delete-records";
import { describeTopicPartitions } from "./describe-topic-partitions";
import { electLeaders } from "./elect-leaders";
import { apiVersions, describeEndpoints, unregisterBroker } from "./endpoints";
import { describeFeatures, updateFeatures } from "./features";
import { listConfigResources } from "./list-config-resources";
import { listOffsets } from "./list-offsets";
import { alterReplicaLogDirs, describeLogDirs } from "./log-dirs";
import { offsetsFor } from "./offsets-for";
import { recordTimestamps } from "./record-timestamps";
import { replicaBatches } from "./replica-batches";
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
    createPartitions: (topic, count, options) => createPartitions(cluster, topic, count, options),
    describeTopicPartitions: (names, partitionsMax) => describeTopicPartitions(cluster, names, partitionsMax),
    reassignPartitions: (changes) => reassignPartitions(cluster, changes),
    listReassignments: () => listReassignments(cluster),
    describeConfigs: (resource) => describeConfigs(cluster, resource),
    alterConfigs: (resource, changes, options) => alterConfigs(cluster, resource, changes, options),
    listConfigResources: (types) => listConfigResources(cluster, types),
    listOffsets: (partitions, timestamp, options) => listOffsets(cluster, partitions, timestamp, options),
    offsetsFor: (queries) => offsetsFor(cluster, queries),
    deleteRecords: (starts) => deleteRecords(cluster, starts),
    electLeaders: (type, partitions) => electLeaders(cluster, type, partitions),
    describeLogDirs: (brokerIds) => describeLogDirs(cluster, brokerIds),
    alterReplicaLogDirs: (moves) => alterReplicaLogDirs(cluster, moves),
    describeClientQuotas: (filter, options) => describeClientQuotas(cluster, filter, options),
    alterClientQuotas: (entity, changes, options) => alterClientQuotas(cluster, entity, changes, options),
    unregisterBroker: (brokerId) => unregisterBroker(cluster, brokerId),
    listGroups: (filter) => listGroups(cluster, filter),
    describeGroups: (ids) => describeGroups(cluster, ids),
    deleteGroup: (id) => deleteGroup(cluster, id),
    deleteOffsets: (groupId, partitions) => deleteOffsets(cluster, groupId, partitions),
    committedOffsets: (groupId, options) => committedOffsets(cluster, groupId, options),
    commitOffsets: (groupId, offsets) => commitOffsets(cluster, groupId, offsets),
    recordTimestamps: (positions) => recordTimestamps(cluster, positions),
    replicaBatches: (nodeId, positions, options) => replicaBatches(cluster, nodeId, positions, options),
    listTransactions: (filter) => listTransactions(cluster, filter),
    describeTransactions: (ids) => describeTransactions(cluster, ids),
    describeProducers: (partitions, options) => describeProducers(cluster, partitions, options),
    fenceProducer: (transactionalId) => fenceProducer(cluster, transactionalId),
    abortTransaction: (hanging) => abortTransaction(cluster, hanging),
    features: () => features(cluster),
    describeFeatures: (nodeId) => describeFeatures(cluster, nodeId),
    updateFeatures: (updates, options) => updateFeatures(cluster, updates, options),
    apiVersions: () => apiVersions(cluster),
    describeEndpoints: (options) => describeEndpoints(cluster, options),
    describeQuorum: () => describeQuorum(cluster),
    addRaftVoter: (voter) => addRaftVoter(cluster, voter),
    removeRaftVoter: (voter) => removeRaftVoter(cluster, voter),
    close: () => cluster.close(),
  };
};
