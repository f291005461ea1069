export { accessLogsContract } from "./access-logs";
export { clusterContract } from "./cluster";
export { dataContract } from "./data";
export { databaseAccessContract } from "./database-access";
export { dnsContract } from "./dns";
export { edgeContract } from "./edge";
export { keysContract } from "./keys";
export { networkContract, networkContractV1 } from "./network";
export { platformContract } from "./platform";
