import { Said } from "./program";

/** Errors that were written for the person who called: they are printed as they are, without where they were thrown. */
const FOR_PEOPLE = ["InvalidInput", "Refusal"];

/** Runs a program and ends with its exit code; 1 where it fails. */
export function runMain(main: () => Promise<number> | number): void {
  Promise.resolve()
    .then(main)
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        process.exitCode = error instanceof Said ? error.exitCode : 1;
        if (error instanceof Said && error.exitCode === 0) console.log(error.message);
        else console.error(isForPeople(error) ? error.message : error);
      },
    );
}

/** By its name: a class may have been loaded twice. */
function isForPeople(error: unknown): error is Error {
  return error instanceof Error && (error instanceof Said || FOR_PEOPLE.includes(error.name));
}
