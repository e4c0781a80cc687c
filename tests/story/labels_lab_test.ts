import { labTest } from "../lab/lab_case.ts";
import { runStory } from "./run_story.ts";

labTest(
  "media in a real library are known by their labels, labelled, and not mistaken when a hand exchanges them",
  () => runStory("labels_inside_lab.ts"),
);
