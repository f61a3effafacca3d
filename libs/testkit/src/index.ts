export { startCluster, type TestCluster, type TestClusterOptions } from "./start-cluster";
