export { autoSplit, classicSplit } from "./splits";
