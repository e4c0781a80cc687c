import { labTestFile } from "../lab/lab_case.ts";

labTestFile(
  "sessions, shells and labels on a real changer and real drives",
  "tests/story/inside_lab.ts",
  { slots: 16, cartridges: 4, drives: 2, ports: 1 },
);
