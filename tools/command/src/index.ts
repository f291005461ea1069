export { Argument, Command, InvalidArgumentError, Option } from "commander";
export { chosenBy, type Choose, program } from "./program";
export { runMain } from "./run-main";
export { table } from "./table";
