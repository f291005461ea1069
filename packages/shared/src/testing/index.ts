export { allowing, type Narrowing, onlyOn } from "./permissions";
export { SynthesizedStack, synthesized } from "./synthesized";
