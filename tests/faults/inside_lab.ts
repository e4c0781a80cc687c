/** What lab_faults_test.ts runs in the kernel lab: one boot for all of it. */
import "./robot.ts";
import "./connection.ts";
import "./people.ts";
import "./drives.ts";
import "./killed.ts";
import "./hot_plug.ts";
import "./unplugged.ts";
