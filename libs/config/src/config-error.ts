/** Configuration that cannot be used. The message names each key, where it stands and what to do; one line a problem. */
export class ConfigError extends Error {
  override name = "ConfigError";
}
