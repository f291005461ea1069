export { contentHash } from "./content-hash";
export { eachOf } from "./each-of";
export { apiVersion, kindsOfEveryApp, type NamespacedKind } from "./kinds";
export { networkLoadBalancerName, networkLoadBalancerNameOf } from "./load-balancer-name";
export { type KubernetesObject, Objects, objectsChartPath, type ObjectsProps } from "./objects";
export { helmValues, helmValuesJson, listEntries, listObjects, parseHelmValues, releasePolicy } from "./values";
