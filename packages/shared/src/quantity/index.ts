export { bytes, canonical, CPU_QUANTITY, MEMORY_QUANTITY, millicores } from "./quantity";
