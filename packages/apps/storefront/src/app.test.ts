import { dev, devWith, itTakesNamesOnly, roleIn, synthesized } from "@demarc/shared/testing";
import { storefront as workspace } from "./app";
import { buildFrom } from "./stacks";

const environment = devWith(workspace.team(dev));
const image = `registry.example.com/storefront@sha256:${"0".repeat(64)}`;
const files = { dev: { image, replicas: { min: 2, max: 6 } } };
const build = buildFrom(files);

itTakesNamesOnly(buildFrom, files, [environment]);

/** The stack in the fixture's cluster a. */
function storefront() {
  const stack = synthesized(build, environment)["dev-a-storefront"];
  if (stack === undefined) throw new Error("dev has no storefront");
  return stack;
}

const data = (output: string) => `\${data.terraform_remote_state.infra-data-v1.outputs.data_v1.${output}}`;
const databaseUser = (name: string) =>
  `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${data("databaseResourceId")}/${name}`;

it("may connect to the database as itself, and send to the queue, and nothing more", async () => {
  const stack = storefront();
  const role = roleIn(stack, "dev-a-app-storefront");
  await expect(role).toAllow("rds-db:connect", databaseUser("storefront"));
  await expect(role).toRefuse("rds-db:connect", databaseUser("petstore"));
  await expect(role).toAllow("sqs:SendMessage", data("queueArn"));
  await expect(role).toRefuse("sqs:ReceiveMessage", data("queueArn"));
  expect(stack.statements).toHaveLength(3);
});

it("is told where both are, and has no password", () => {
  const { spec } = storefront().object("Deployment") as {
    spec: { template: { spec: { containers: [{ env: { name: string }[] }] } } };
  };
  expect(spec.template.spec.containers[0].env.map(({ name }) => name)).toEqual([
    "DATABASE_HOST",
    "DATABASE_PORT",
    "DATABASE_NAME",
    "DATABASE_USER",
    "DATABASE_CA_FILE",
    "QUEUE_URL",
    "PODINFO_UI_MESSAGE",
  ]);
});

it("leaves no default", () => {
  expect(storefront().object("Deployment")).not.toHaveProperty(["metadata", "annotations"]);
});
