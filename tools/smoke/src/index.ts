export { awsAt } from "./aws";
export { run } from "./check";
export { checkAccount, checks } from "./checks";
