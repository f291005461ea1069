export { contentHash } from "./content-hash";
export { apiVersion, kindsOfEveryApp, type NamespacedKind } from "./kinds";
export { type KubernetesObject, Objects, objectsChartPath, type ObjectsProps } from "./objects";
export { helmValues, helmValuesJson, listEntries, parseHelmValues, releasePolicy } from "./values";
