import { KafkaError, type KafkaErrorCode } from "@moldau/base";

/**
 * Input that is not what its codec says (CORRUPT_MESSAGE), that would grow beyond the caller's bound (MESSAGE_TOO_LARGE),
 * or a codec that there is not (UNSUPPORTED_COMPRESSION_TYPE).
 */
export class CompressionError extends Error {
  override name = "CompressionError";

  constructor(
    message: string,
    readonly code: KafkaErrorCode = KafkaError.CORRUPT_MESSAGE,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static tooLarge(codec: string, maxBytes: number): CompressionError {
    return new CompressionError(
      `${codec}: the data would decompress to more than ${maxBytes} bytes`,
      KafkaError.MESSAGE_TOO_LARGE,
    );
  }

  static corrupt(codec: string, cause: unknown): CompressionError {
    return new CompressionError(`${codec}: ${cause instanceof Error ? cause.message : String(cause)}`, undefined, {
      cause,
    });
  }
}
