import { dev } from "@demarc/shared/testing";
import { checkReadyToDeploy, checkReadyToPlan } from "./checks";
import { synthesizedStacks } from "./stacks";
import { Bucket } from "./testing/bucket";
import { stateAt, synthesizedOutput } from "./testing/repository";

let bucket: Bucket | undefined;
afterEach(() => bucket?.close());

const stacks = synthesizedStacks(
  synthesizedOutput(
    { id: "dev-a-one", state: stateAt("dev/a/apps/one.tfstate"), boundaries: ["arn:made", "arn:missing"] },
    {
      id: "dev-a-two",
      state: stateAt("dev/a/apps/two.tfstate"),
      reads: [stateAt("dev/infra/network.tfstate")],
      boundaries: ["arn:missing"],
    },
  ),
);

const PRODUCER =
  "dev-a-two reads stack dev-network of infra, which is not deployed. Deploy it first: npx nx deploy infra --configuration=dev";

it("says all that stops a deploy at once, and asks for each boundary once", async () => {
  bucket = await new Bucket({}).open();
  const asked: string[] = [];
  const exists = (arn: string) => {
    asked.push(arn);
    return Promise.resolve(arn === "arn:made");
  };
  const boundary = (stack: string) =>
    `${stack} makes roles within the permissions boundary arn:missing, which does not exist. infra's account stack comes first: npm run bootstrap -- dev`;
  const said = [PRODUCER, boundary("dev-a-one"), boundary("dev-a-two")].join("\n");
  const refused = checkReadyToDeploy({ environment: "dev" }, stacks, {
    states: bucket.states,
    policies: { exists },
    environments: [dev],
  });
  await expect(refused).rejects.toMatchObject({ name: "Refusal", message: said });
  expect(asked).toEqual(["arn:made", "arn:missing"]);
});

it("lets a plan go without boundaries", async () => {
  bucket = await new Bucket({}).open();
  const refused = checkReadyToPlan({ environment: "dev" }, stacks, bucket.states);
  await expect(refused).rejects.toMatchObject({ message: PRODUCER });
});
