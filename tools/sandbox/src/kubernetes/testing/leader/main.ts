import { LocalControlPlane } from "../../local-control-plane";
import { testCluster, testPlaces } from "../running-control-plane";

/** Starts a control plane in the folder that it is called with, and goes on until it is killed. Prints "started" when it is up. */
async function main([folder = ""]: readonly string[]): Promise<void> {
  const plane = new LocalControlPlane({ ...(await testPlaces(folder)), reviewUrl: () => "http://127.0.0.1:1" });
  await plane.start(testCluster());
  console.log("started");
}

void main(process.argv.slice(2));
