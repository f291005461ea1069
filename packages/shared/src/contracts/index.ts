export { clusterContract } from "./cluster";
export { dataContract } from "./data";
export { dnsContract } from "./dns";
export { networkContract } from "./network";
export { platformContract } from "./platform";
