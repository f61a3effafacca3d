/**
 * SaslHandshake (17), versions 0–1, and SaslAuthenticate (36), versions 0–2, at a listener without SASL: no mechanism is
 * enabled, and authenticating is an illegal state, as at a PLAINTEXT listener of Kafka.
 */
import { KafkaError } from "@moldau/base";
import { writeSaslAuthenticateResponse, writeSaslHandshakeResponse } from "@moldau/protocol";
import { answer, type Handler } from "../call";

export const saslHandshake: Handler = (call) =>
  answer(call, writeSaslHandshakeResponse, { errorCode: KafkaError.ILLEGAL_SASL_STATE, mechanisms: [] });

export const saslAuthenticate: Handler = (call) =>
  answer(call, writeSaslAuthenticateResponse, {
    errorCode: KafkaError.ILLEGAL_SASL_STATE,
    errorMessage: "this listener does not use SASL; set security.protocol to PLAINTEXT",
  });
