import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { HOME, ROOT, sandbox } from "./programs";
import { step } from "./step";

export async function aSandboxOfItsOwn(): Promise<void> {
  await step("a sandbox of its own", async () => {
    await sandbox(["down"]);
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    shareWhatIsInstalled();
  });
}

/** What is only installed is shared with everybody else's sandbox. */
export function shareWhatIsInstalled(): void {
  for (const shared of ["venv", "plugins", "go"]) {
    mkdirSync(path.join(ROOT, ".sandbox", shared), { recursive: true });
    const place = path.join(HOME, shared);
    if (!existsSync(place)) symlinkSync(path.join(ROOT, ".sandbox", shared), place);
  }
}
