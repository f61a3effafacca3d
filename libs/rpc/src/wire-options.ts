import type { ChannelOptions } from "@grpc/grpc-js";
import { PIPE_WINDOW_BYTES } from "./pipe";

/** What both ends of a connection between two processes agree on. */
export interface WireOptions {
  /** HTTP/2 and pipe window, each way. */
  windowBytes?: number;
  /** Longest message: the largest client request (socket.request.max.bytes) and what is around it. */
  maxMessageBytes?: number;
  /** A silent connection is asked this often whether it is alive ... */
  keepaliveMs?: number;
  /** ... and closed when no answer came for so long. */
  keepaliveTimeoutMs?: number;
}

/** Metadata key of the caller's node id. */
export const NODE_ID_KEY = "moldau-node-id";
/** Metadata key of the W3C trace context on calls that are not frames. */
export const TRACEPARENT_KEY = "traceparent";

const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

export function windowOf(options: WireOptions): number {
  return options.windowBytes ?? PIPE_WINDOW_BYTES;
}

/** grpc-js options for both ends. */
export function channelOptions(options: WireOptions): ChannelOptions {
  return {
    "grpc-node.flow_control_window": windowOf(options),
    "grpc.max_receive_message_length": options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
    "grpc.keepalive_time_ms": options.keepaliveMs ?? 2000,
    "grpc.keepalive_timeout_ms": options.keepaliveTimeoutMs ?? 3000,
    "grpc.initial_reconnect_backoff_ms": 50,
    "grpc.max_reconnect_backoff_ms": 1000,
    "grpc.dns_min_time_between_resolutions_ms": 1000,
    "grpc.use_local_subchannel_pool": 1,
    "grpc.service_config_disable_resolution": 1,
    "grpc.enable_retries": 0,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
  };
}
