export { withApps } from "./apps";
export { dev, devLimiting, devWith } from "./environments";
export { itFitsProviders } from "./known-providers";
export { invalidOnly } from "./mangled";
export { itTakesNamesOnly } from "./names-only";
export type { RefusalOptions } from "./iam/matchers";
export { roleIn } from "./iam/role";
export { unlimitedRole } from "./iam/unlimited-role";
export { SynthesizedStack, synthesized } from "./synthesized";
