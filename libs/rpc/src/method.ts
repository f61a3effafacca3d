import { codecOf, type Codec, type GeneratedType, type Outgoing } from "@moldau/contracts";
import type { CallContext, Service } from "./service";

/** A service's definition as ts-proto generates it. */
export interface ServiceDefinition {
  readonly name: string;
  readonly fullName: string;
  readonly methods: object;
}

/** One method of a service, with what a transport needs of it. */
export interface Method {
  /** Key in the service object and name in a frame: "append". */
  readonly key: string;
  /** Path of the gRPC call: "/moldau.v1.Broker/Append". */
  readonly path: string;
  readonly serverStream: boolean;
  readonly request: Codec<unknown>;
  readonly reply: Codec<unknown>;
}

/** An implementation seen by a transport, which knows its methods only by name. */
export type Implementation = Readonly<Record<string, (request: unknown, call: CallContext) => unknown>>;

interface GeneratedMethod {
  name: string;
  requestType: GeneratedType<unknown>;
  requestStream: boolean;
  responseType: GeneratedType<unknown>;
  responseStream: boolean;
}

const known = new WeakMap<ServiceDefinition, readonly Method[]>();

/** The methods of a service without its `pipe`. */
export function methodsOf(definition: ServiceDefinition): readonly Method[] {
  let methods = known.get(definition);
  if (methods === undefined) {
    methods = Object.entries(definition.methods as Record<string, GeneratedMethod>)
      .filter(([, method]) => !method.requestStream)
      .map(([key, method]) => ({
        key,
        path: `/${definition.fullName}/${method.name}`,
        serverStream: method.responseStream,
        request: codecOf(method.requestType),
        reply: codecOf(method.responseType),
      }));
    known.set(definition, methods);
  }
  return methods;
}

/** Path of a service's `Pipe`. */
export function pipePath(definition: ServiceDefinition): string {
  return `/${definition.fullName}/Pipe`;
}

/** Builds a service object from one function for each of its methods. */
export function serviceOf<D extends ServiceDefinition>(
  definition: D,
  functionOf: (method: Method) => (request: unknown, call: CallContext) => unknown,
): Service<D> {
  return Object.fromEntries(methodsOf(definition).map((method) => [method.key, functionOf(method)])) as Service<D>;
}

/** A service object as a transport calls it. */
export function implementationOf(service: object): Implementation {
  return service as Implementation;
}

/**
 * An outgoing message where grpc-js wants the Buffer that a serializer made. grpc-js (1.14) asks it for its length and
 * copies it behind the five bytes of its own head: that copy is then the message's only one.
 */
export function asSerialized(message: Outgoing): Buffer {
  return message as unknown as Buffer;
}
