import { ApiKey } from "@moldau/protocol";
import { offsetCommit } from "./apis/08-offset-commit";
import { offsetFetch } from "./apis/09-offset-fetch";
import { joinGroup } from "./apis/11-join-group";
import { heartbeat } from "./apis/12-heartbeat";
import { leaveGroup } from "./apis/13-leave-group";
import { syncGroup } from "./apis/14-sync-group";
import { describeGroups } from "./apis/15-describe-groups";
import { listGroups } from "./apis/16-list-groups";
import { initProducerId } from "./apis/22-init-producer-id";
import { addPartitionsToTxn } from "./apis/24-add-partitions-to-txn";
import { addOffsetsToTxn } from "./apis/25-add-offsets-to-txn";
import { endTxn } from "./apis/26-end-txn";
import { txnOffsetCommit } from "./apis/28-txn-offset-commit";
import { deleteGroups } from "./apis/42-delete-groups";
import { offsetDelete } from "./apis/47-offset-delete";
import { describeTransactions } from "./apis/65-describe-transactions";
import { listTransactions } from "./apis/66-list-transactions";
import { consumerGroupHeartbeat } from "./apis/68-consumer-group-heartbeat";
import { consumerGroupDescribe } from "./apis/69-consumer-group-describe";
import type { ApiHandler } from "./apis/api";

/** The APIs that a coordinator answers. The gateway says which versions of them clients may use. */
export const servedApis: ReadonlyMap<number, ApiHandler> = new Map<number, ApiHandler>([
  [ApiKey.OffsetCommit, offsetCommit],
  [ApiKey.OffsetFetch, offsetFetch],
  [ApiKey.JoinGroup, joinGroup],
  [ApiKey.Heartbeat, heartbeat],
  [ApiKey.LeaveGroup, leaveGroup],
  [ApiKey.SyncGroup, syncGroup],
  [ApiKey.DescribeGroups, describeGroups],
  [ApiKey.ListGroups, listGroups],
  [ApiKey.InitProducerId, initProducerId],
  [ApiKey.AddPartitionsToTxn, addPartitionsToTxn],
  [ApiKey.AddOffsetsToTxn, addOffsetsToTxn],
  [ApiKey.EndTxn, endTxn],
  [ApiKey.TxnOffsetCommit, txnOffsetCommit],
  [ApiKey.DeleteGroups, deleteGroups],
  [ApiKey.OffsetDelete, offsetDelete],
  [ApiKey.DescribeTransactions, describeTransactions],
  [ApiKey.ListTransactions, listTransactions],
  [ApiKey.ConsumerGroupHeartbeat, consumerGroupHeartbeat],
  [ApiKey.ConsumerGroupDescribe, consumerGroupDescribe],
]);
