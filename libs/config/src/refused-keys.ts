/**
 * Keys that Kafka knows and that would promise something that is not there. Setting one is refused rather than ignored: a
 * cluster that its owner believes to be protected must not run open.
 */
const refused: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^(listener\.name\..*\.)?(ssl|sasl)\./, "TLS and SASL are not supported yet"],
  [
    /^(authorizer\.class\.name|super\.users|allow\.everyone\.if\.no\.acl\.found)$/,
    "access control is not supported yet",
  ],
  [/^principal\.builder\.class$|^security\.providers$/, "TLS and SASL are not supported yet"],
  [/^delegation\.token\./, "delegation tokens are not supported yet"],
  [
    /^(create\.topic|alter\.config)\.policy\.class\.name$|^client\.quota\.callback\.class$/,
    "Java plug-ins cannot run here",
  ],
  [/^kafka\.metrics\./, "Java plug-ins cannot run here; metrics are at /metrics"],
  [/^remote\.(log|fetch|list)\./, "tiered storage is not supported"],
  [/^(group\.)?share\./, "share groups are not supported yet"],
  [/^unstable\./, "unstable versions cannot be switched on"],
  [/^zookeeper\./, "there is no ZooKeeper; give controller.quorum.voters"],
  [/^inter\.broker\.protocol\.version$|^log\.message\.format\.version$/, "removed in Kafka 4; leave it out"],
];

/** Why a key that Kafka knows may not be set here; undefined for all others. */
export function refusalOf(key: string): string | undefined {
  return refused.find(([pattern]) => pattern.test(key))?.[1];
}
