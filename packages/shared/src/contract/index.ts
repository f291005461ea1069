export { consume } from "./consume";
export {
  type ConsumedValues,
  type Contract,
  defineContract,
  outputName,
  outputsIn,
  type PublishedValues,
  remoteStateId,
} from "./contract";
export {
  type OpaqueBoolean,
  type OpaqueNumber,
  output,
  terraformBoolean,
  terraformEntry,
  terraformNumber,
} from "./output";
export type { ContractParty } from "./party";
export { onCompute, type Presence, withData, withListeners } from "./presence";
export { producerOf, sourceOf } from "./producer";
export { publish } from "./publish";
