import { assertEquals } from "@std/assert";
import { judge, type Speaker } from "../../src/manager/remedies.ts";
import { senseAction } from "../../src/scsi/mod.ts";
import { EXPECTED_SENSE } from "../scsi/expected_sense.ts";

/** A code that no row names, to stand for "any". */
const UNNAMED = 0xee;

/** Key/ASC/ASCQ (xx for any), and what is done when the robot says so, and when a drive does. */
// One row a line, so that it can be compared with the sense table.
// deno-fmt-ignore
const EXPECTED: readonly (readonly [string, string, string])[] = [
  ["0/00/00", "again nobody", "otherDrive drive"],
  ["0/00/16", "again nobody", "otherDrive drive"],
  ["0/30/03", "again nobody", "otherDrive drive"],
  ["2/04/00", "again nobody", "otherDrive drive"],
  ["2/04/01", "again nobody", "otherDrive drive"],
  ["2/04/02", "again nobody", "otherDrive drive"],
  ["2/04/03", "operator nobody", "otherDrive drive"],
  ["2/04/04", "again nobody", "otherDrive drive"],
  ["2/04/07", "again nobody", "otherDrive drive"],
  ["2/04/09", "again nobody", "otherDrive drive"],
  ["2/04/0A", "again nobody", "otherDrive drive"],
  ["2/04/0B", "operator nobody", "otherDrive drive"],
  ["2/04/0C", "operator nobody", "otherDrive drive"],
  ["2/04/12", "operator nobody", "otherDrive drive"],
  ["2/04/18", "operator nobody", "otherDrive drive"],
  ["2/04/20", "stopLibrary library", "otherDrive drive"],
  ["2/04/22", "operator nobody", "otherDrive drive"],
  ["2/04/81", "operator nobody", "otherDrive drive"],
  ["2/04/83", "operator nobody", "otherDrive drive"],
  ["2/04/85", "again nobody", "otherDrive drive"],
  ["2/04/87", "otherDrive drive", "otherDrive drive"],
  ["2/04/88", "again nobody", "otherDrive drive"],
  ["2/04/89", "otherDrive drive", "otherDrive drive"],
  ["2/04/8D", "operator nobody", "otherDrive drive"],
  ["2/04/8E", "operator nobody", "otherDrive drive"],
  ["2/04/8F", "operator nobody", "otherDrive drive"],
  ["2/04/9A", "otherDrive drive", "otherDrive drive"],
  ["2/08/00", "inventory library", "otherDrive drive"],
  ["2/30/03", "again nobody", "otherDrive drive"],
  ["2/3A/00", "inventory nobody", "otherDrive drive"],
  ["2/3A/02", "operator nobody", "otherDrive drive"],
  ["2/3A/03", "again nobody", "otherDrive drive"],
  ["2/3A/04", "otherDrive medium", "otherDrive medium"],
  ["2/3B/12", "operator nobody", "otherDrive drive"],
  ["2/3E/00", "again nobody", "otherDrive drive"],
  ["2/44/00", "inventory library", "otherDrive drive"],
  ["2/4C/00", "stopLibrary library", "otherDrive drive"],
  ["2/53/00", "otherDrive drive", "otherDrive drive"],
  ["2/53/02", "unload nobody", "otherDrive drive"],
  ["2/5A/01", "operator nobody", "otherDrive drive"],
  ["2/74/71", "operator nobody", "otherDrive drive"],
  ["2/80/05", "operator nobody", "otherDrive drive"],
  ["2/xx/xx", "again nobody", "otherDrive drive"],
  ["3/30/00", "otherDrive medium", "otherDrive medium"],
  ["3/30/01", "otherDrive medium", "otherDrive medium"],
  ["3/30/02", "otherDrive medium", "otherDrive medium"],
  ["3/30/07", "otherDrive medium", "otherDrive medium"],
  ["3/53/00", "otherDrive medium", "otherDrive medium"],
  ["3/53/04", "stopDrive drive", "stopDrive drive"],
  ["4/04/03", "operator nobody", "otherDrive drive"],
  ["4/08/00", "inventory library", "otherDrive drive"],
  ["4/08/01", "inventory library", "otherDrive drive"],
  ["4/15/00", "inventory library", "otherDrive drive"],
  ["4/15/01", "inventory library", "otherDrive drive"],
  ["4/15/81", "inventory library", "otherDrive drive"],
  ["4/15/83", "inventory library", "otherDrive drive"],
  ["4/3B/16", "inventory library", "otherDrive drive"],
  ["4/40/xx", "inventory library", "otherDrive drive"],
  ["4/44/00", "inventory library", "otherDrive drive"],
  ["4/4C/00", "stopLibrary library", "stopDrive drive"],
  ["4/53/00", "otherDrive drive", "otherDrive drive"],
  ["4/53/01", "stopDrive drive", "stopDrive drive"],
  ["4/53/04", "stopDrive drive", "stopDrive drive"],
  ["4/53/09", "otherDrive drive", "otherDrive drive"],
  ["4/53/0A", "stopDrive drive", "stopDrive drive"],
  ["4/53/0B", "inventory drive", "otherDrive drive"],
  ["4/53/0C", "stopDrive drive", "stopDrive drive"],
  ["4/53/0D", "otherDrive drive", "otherDrive drive"],
  ["4/80/xx", "inventory library", "otherDrive drive"],
  ["4/xx/xx", "inventory library", "otherDrive drive"],
  ["5/1A/00", "fail nobody", "fail nobody"],
  ["5/20/00", "fail nobody", "fail nobody"],
  ["5/21/01", "inventory nobody", "fail nobody"],
  ["5/24/00", "fail nobody", "fail nobody"],
  ["5/25/00", "fail nobody", "otherDrive drive"],
  ["5/26/00", "fail nobody", "fail nobody"],
  ["5/26/01", "fail nobody", "fail nobody"],
  ["5/26/02", "fail nobody", "fail nobody"],
  ["5/2C/00", "fail nobody", "fail nobody"],
  ["5/2C/0B", "fail nobody", "fail nobody"],
  ["5/30/00", "otherDrive medium", "otherDrive medium"],
  ["5/39/00", "fail nobody", "fail nobody"],
  ["5/3A/00", "unload drive", "otherDrive drive"],
  ["5/3B/0D", "inventory nobody", "fail nobody"],
  ["5/3B/0E", "inventory nobody", "fail nobody"],
  ["5/3B/11", "operator nobody", "otherDrive drive"],
  ["5/3B/12", "operator nobody", "otherDrive drive"],
  ["5/3B/14", "operator nobody", "otherDrive drive"],
  ["5/3B/18", "otherDrive drive", "otherDrive drive"],
  ["5/3B/1A", "otherDrive drive", "otherDrive drive"],
  ["5/3B/83", "unload drive", "otherDrive drive"],
  ["5/44/xx", "inventory nobody", "fail nobody"],
  ["5/4E/00", "fail nobody", "fail nobody"],
  ["5/53/02", "unload nobody", "otherDrive drive"],
  ["5/53/03", "unload drive", "otherDrive drive"],
  ["5/53/05", "fail nobody", "otherDrive medium"],
  ["5/53/06", "fail nobody", "otherDrive medium"],
  ["5/53/07", "operator nobody", "otherDrive drive"],
  ["5/53/08", "inventory nobody", "otherDrive drive"],
  ["5/81/xx", "fail nobody", "fail nobody"],
  ["5/A0/xx", "inventory nobody", "otherDrive drive"],
  ["5/xx/xx", "fail nobody", "fail nobody"],
  ["6/28/00", "again nobody", "otherDrive drive"],
  ["6/28/01", "again nobody", "otherDrive drive"],
  ["6/28/02", "again nobody", "otherDrive drive"],
  ["6/28/03", "again nobody", "otherDrive drive"],
  ["6/29/00", "again nobody", "otherDrive drive"],
  ["6/29/01", "again nobody", "otherDrive drive"],
  ["6/29/02", "again nobody", "otherDrive drive"],
  ["6/29/03", "again nobody", "otherDrive drive"],
  ["6/29/04", "again nobody", "otherDrive drive"],
  ["6/29/05", "again nobody", "otherDrive drive"],
  ["6/29/06", "again nobody", "otherDrive drive"],
  ["6/29/07", "again nobody", "otherDrive drive"],
  ["6/2A/00", "again nobody", "otherDrive drive"],
  ["6/2A/01", "again nobody", "otherDrive drive"],
  ["6/2A/03", "operator nobody", "otherDrive drive"],
  ["6/2A/10", "again nobody", "otherDrive drive"],
  ["6/2F/00", "again nobody", "otherDrive drive"],
  ["6/3B/12", "again nobody", "otherDrive drive"],
  ["6/3B/13", "again nobody", "otherDrive drive"],
  ["6/3B/14", "again nobody", "otherDrive drive"],
  ["6/3B/15", "again nobody", "otherDrive drive"],
  ["6/3B/18", "again nobody", "otherDrive drive"],
  ["6/3B/19", "again nobody", "otherDrive drive"],
  ["6/3B/1A", "again nobody", "otherDrive drive"],
  ["6/3B/1B", "again nobody", "otherDrive drive"],
  ["6/3F/01", "again nobody", "otherDrive drive"],
  ["6/3F/03", "again nobody", "otherDrive drive"],
  ["6/3F/05", "again nobody", "otherDrive drive"],
  ["6/3F/0E", "again nobody", "otherDrive drive"],
  ["6/41/FE", "again nobody", "otherDrive drive"],
  ["6/53/02", "again nobody", "otherDrive drive"],
  ["6/54/00", "again nobody", "otherDrive drive"],
  ["6/xx/xx", "again nobody", "otherDrive drive"],
  ["7/27/00", "fail nobody", "fail nobody"],
  ["7/30/xx", "otherDrive medium", "fail nobody"],
  ["8/xx/xx", "otherDrive medium", "otherDrive medium"],
  ["B/08/00", "again nobody", "otherDrive drive"],
  ["B/08/01", "again nobody", "otherDrive drive"],
  ["B/41/xx", "again nobody", "otherDrive drive"],
  ["B/43/00", "again nobody", "otherDrive drive"],
  ["B/44/00", "again nobody", "otherDrive drive"],
  ["B/45/00", "again nobody", "otherDrive drive"],
  ["B/47/00", "again nobody", "otherDrive drive"],
  ["B/48/00", "again nobody", "otherDrive drive"],
  ["B/4E/00", "again nobody", "otherDrive drive"],
  ["B/xx/xx", "again nobody", "otherDrive drive"],
  ["0/xx/xx", "again nobody", "otherDrive drive"],
  ["1/xx/xx", "operator nobody", "otherDrive drive"],
  ["3/xx/xx", "otherDrive medium", "otherDrive medium"],
  ["7/xx/xx", "otherDrive medium", "otherDrive medium"],
  ["9/xx/xx", "inventory library", "otherDrive drive"],
  ["A/xx/xx", "fail nobody", "fail nobody"],
  ["C/xx/xx", "inventory library", "otherDrive drive"],
  ["D/xx/xx", "otherDrive medium", "otherDrive medium"],
  ["E/xx/xx", "otherDrive medium", "otherDrive medium"],
  ["F/xx/xx", "operator nobody", "otherDrive drive"],
];

function judged(code: string, speaker: Speaker): string {
  const [key = 0, asc = 0, ascq = 0] = code.split("/").map((digits) =>
    digits === "xx" ? UNNAMED : parseInt(digits, 16)
  );
  const sense = { key, asc, ascq };
  const advice = senseAction(sense).class;
  const { blame, remedy } = judge({ advice, sense }, speaker);
  return `${remedy} ${blame ?? "nobody"}`;
}

for (const [code, byRobot, byDrive] of EXPECTED) {
  Deno.test(`after ${code} of the robot: ${byRobot}; of a drive: ${byDrive}`, () => {
    assertEquals(judged(code, "robot"), byRobot);
    assertEquals(judged(code, "drive"), byDrive);
  });
}

Deno.test("every row of the sense table has its remedy here", () => {
  const codes = new Set(EXPECTED.map(([code]) => code));
  const missing = EXPECTED_SENSE.filter(([code]) => !codes.has(code));
  assertEquals(missing, []);
});

Deno.test("an answer that is lost is judged by its class alone", () => {
  const lost = { advice: "hardware", sense: null } as const;
  assertEquals(judge(lost, "robot"), { remedy: "inventory", blame: "library" });
  assertEquals(judge(lost, "drive"), { remedy: "otherDrive", blame: "drive" });
});
