export { expose, exposureProblems } from "./expose";
export { appKinds, appKindsWith } from "./kinds";
