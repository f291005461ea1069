import { localAwsPython } from "./local-aws-python";

/** Installs the local AWS before suites that run beside each other: two would install into one folder. */
export default async function install(): Promise<void> {
  await localAwsPython();
}
