export { accessTo } from "./access";
export { type BaseStack, checkOwnership } from "./check";
