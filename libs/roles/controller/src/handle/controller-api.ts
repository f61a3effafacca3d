import { KafkaError, type KafkaErrorCode, type Random } from "@moldau/base";
import type { Config } from "@moldau/config";
import type { KafkaCall } from "@moldau/contracts";
import type { ControlSettings, NewUuid } from "@moldau/control";
import type { QuotaClient } from "@moldau/quotas";
import { type Draft, ProtocolError, Reader, Writer } from "@moldau/protocol";
import type { ControllerQueue } from "../controller-queue";
import type { Quorum, VoterChanges } from "../quorum";

/** What the controller answers requests with. */
export interface ControllerContext {
  readonly queue: Pick<ControllerQueue, "decide">;
  readonly settings: ControlSettings;
  /** What this process was given; the static layer of effective configurations. */
  readonly config: Pick<Config, "given">;
  readonly quorum: Pick<Quorum, "describe" | "controllers" | "nameVoters">;
  readonly voterChanges: Pick<VoterChanges, "add" | "remove">;
  /** "" until the log says it. */
  clusterId(): string;
  readonly random: Random;
  readonly newUuid: NewUuid;
  readonly mutations: Mutations;
  /** Whether a name is an address or can be resolved to one. */
  isHost(name: string): Promise<boolean>;
}

/** The quotas on changes of the cluster. */
export interface Mutations {
  of(client: QuotaClient, version: RequestVersion): RequestMutations;
}

/** From `strictSince` on clients know the error that refuses a change. */
export interface RequestVersion {
  readonly version: number;
  readonly strictSince: number;
}

/** One request's view of its client's quota. */
export interface RequestMutations {
  readonly admit: (partitions: number) => boolean;
  /** How long the client is to be quiet, as things are now. Unit: ms. */
  throttleTimeMs(): number;
}

/** A response, and where its changes stand; undefined where there are none. */
export interface Answered<S> {
  readonly response: Draft<S>;
  readonly offset: number | undefined;
}

export interface AnsweredBytes {
  readonly body: Uint8Array;
  readonly offset: number | undefined;
}

/** Answers one API in the client's version. Only the active controller is asked. */
export type ControllerApi = (call: KafkaCall, context: ControllerContext) => Promise<AnsweredBytes>;

export interface ControllerApiParts<Q, S> {
  read(reader: Reader, version: number): Q;
  write(writer: Writer, message: Draft<S>, version: number): void;
  answer(request: Q, context: ControllerContext, version: number, client: QuotaClient): Promise<Answered<S>>;
  /** The response that tells an error of the whole request, as far as the API has a place for it. */
  refuse(errorCode: KafkaErrorCode, errorMessage: string): Draft<S>;
}

/** Joins an API's codecs to its decision. A body that cannot be read is answered with INVALID_REQUEST. */
export function controllerApi<Q, S>(parts: ControllerApiParts<Q, S>): ControllerApi {
  return async (call, context) => {
    const { apiVersion } = call;
    const encode = (response: Draft<S>) => {
      const writer = new Writer();
      parts.write(writer, response, apiVersion);
      return writer.toBytes();
    };
    let request: Q;
    try {
      request = parts.read(new Reader(call.body), apiVersion);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return { body: encode(parts.refuse(KafkaError.INVALID_REQUEST, error.message)), offset: undefined };
    }
    const { response, offset } = await parts.answer(request, context, apiVersion, clientOf(call));
    return { body: encode(response), offset };
  };
}

/** Quotas know users by the name of the principal alone. */
function clientOf({ principal, clientId }: KafkaCall): QuotaClient {
  return { user: principal.slice(principal.indexOf(":") + 1), clientId };
}
