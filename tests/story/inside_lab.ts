/** What lab_story_test.ts runs in the kernel lab: one boot for all of it. */
import "./first_light_inside_lab.ts";
import "./two_shells_inside_lab.ts";
import "./labels_inside_lab.ts";
import "./day_inside_lab.ts";
