export { EnvironmentModel } from "./model/environment-model";
export { synthesizeAll, type Synthesis } from "./model/synthesis";
export type { WrittenStack } from "./model/written";
export { ownershipMarkdown } from "./ownership/markdown";
export { ownershipOf } from "./ownership/table";
