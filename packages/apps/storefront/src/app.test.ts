import { environmentNamed } from "@demarc/shared/environment";
import { allowing, onlyOn, synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";

/** The stack in cluster a of dev. */
function storefront() {
  const stack = synthesized(build, environmentNamed("dev"))["dev-a-storefront"];
  if (stack === undefined) throw new Error("dev has no storefront");
  return stack;
}

const data = (output: string) => `\${data.terraform_remote_state.infra-data-v1.outputs.data_v1.${output}}`;

it("may connect to the database as itself, and send to the queue, and nothing more", () => {
  const stack = storefront();
  const user = `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${data("databaseResourceId")}/storefront`;
  expect(allowing(stack, "rds-db:connect")).toEqual([onlyOn(user)]);
  expect(allowing(stack, "sqs:SendMessage")).toEqual([onlyOn(data("queueArn"))]);
  expect(allowing(stack, "sqs:ReceiveMessage")).toEqual([]);
  expect(stack.statements).toHaveLength(3);
});

it("is told where both are, and has no password", () => {
  const { spec } = storefront().resource("kubernetes_deployment_v1") as {
    spec: { template: { spec: { container: [{ env: { name: string }[] }] } } };
  };
  expect(spec.template.spec.container[0].env.map(({ name }) => name)).toEqual([
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
  expect(storefront().resource("kubernetes_deployment_v1")).not.toHaveProperty(["metadata", "annotations"]);
});
