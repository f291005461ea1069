export { awsAt } from "./aws";
export { run } from "./check";
export { checks } from "./checks";
