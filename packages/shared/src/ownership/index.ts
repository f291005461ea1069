export { type BaseStack, checkOwnership } from "./check";
export { ownersOf, rightTo } from "./rights";
