// The template has one example. An app made from it has a file for each environment and an index of them.
import type { EnvironmentName } from "@demarc/shared/environment";
import type example from "./example";

declare const files: Readonly<Record<EnvironmentName, typeof example>>;

export default files;
