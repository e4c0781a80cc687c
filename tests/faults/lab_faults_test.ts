import { labTestFile } from "../lab/lab_case.ts";

labTestFile(
  "a service loses no cartridge to what goes wrong with a real device",
  "tests/faults/inside_lab.ts",
  { slots: 8, cartridges: 4, drives: 2, ports: 1, faults: true },
);
