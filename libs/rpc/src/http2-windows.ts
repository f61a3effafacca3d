import type { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Http2Server, ServerOptions } from "node:http2";

/** The two private members of grpc-js's server through which every HTTP/2 server of it is made (1.14). */
interface ServerInternals {
  commonServerOptions: ServerOptions;
  createHttp2Server(credentials: ServerCredentials): Http2Server;
}

/**
 * Raises the HTTP/2 windows of a gRPC server, per stream and per connection. The client has an option for it
 * (`grpc-node.flow_control_window`), the server has none and keeps 64 KiB, which costs the data path three quarters of its
 * throughput. Must run before the server creates its listener. Throws where grpc-js has changed its insides, so that an
 * upgrade cannot lose the windows silently.
 */
export function raiseServerWindows(server: Server, windowBytes: number): void {
  const internals = server as unknown as Partial<ServerInternals>;
  const { commonServerOptions, createHttp2Server } = internals;
  if (typeof commonServerOptions !== "object" || typeof createHttp2Server !== "function") {
    throw new Error("this version of @grpc/grpc-js creates its HTTP/2 server another way: adapt http2-windows.ts");
  }
  commonServerOptions.settings = { ...commonServerOptions.settings, initialWindowSize: windowBytes };
  internals.createHttp2Server = (credentials) => {
    const http2Server = createHttp2Server.call(server, credentials);
    http2Server.on("session", (session) => session.setLocalWindowSize(windowBytes));
    return http2Server;
  };
}
