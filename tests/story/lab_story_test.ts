import { labTest } from "../lab/lab_case.ts";
import { runStory } from "./run_story.ts";

labTest(
  "a session, a real changer and a cartridge in a real drive, by sg and by ch",
  () => runStory("inside_lab.ts"),
);
