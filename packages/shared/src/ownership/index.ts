export { type BaseStack, checkOwnership } from "./check";
