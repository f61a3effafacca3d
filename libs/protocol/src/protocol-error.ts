/**
 * Bytes that are not a valid message, or a message that its version cannot carry. Expected: whoever reads from a peer
 * catches it and answers with an error or closes the connection.
 */
export class ProtocolError extends Error {
  override name = "ProtocolError";
}
