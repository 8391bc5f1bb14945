package io.profilemesh.cli.demo;

import io.profilemesh.cli.access.LocalKey;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.core.profile.RunId;
import java.io.PrintWriter;

/** How to ask for more: commands that work as they stand. */
final class NextSteps {

  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final Colours colours;
  private final String program;

  /**
   * @param program how this program is called, options that every command needs included
   */
  NextSteps(PrintWriter out, Colours colours, String program) {
    this.out = out;
    this.colours = colours;
    this.program = program;
  }

  /** Prints the commands; {@code stays} tells whether the mesh runs on. */
  void tell(MeshAddresses addresses, RunId run, LocalKey key, String options, boolean stays) {
    out.println(colours.strong(stays ? "Ask for more (in another terminal)" : "Ask for more"));
    if (!stays) {
      line("start the mesh again", program + " up" + options);
    }
    line("everything that drifted", program + " query drift --min-severity medium" + options);
    line(
        "one run, every metric",
        program + " query run " + run + " --dataset shop/public/products" + options);
    line(
        "a metric over time",
        program + " query table public.products --column price --metric mean" + options);
    line(
        "profile again, fail on drift",
        program + " profile public.orders --fail-on-drift medium" + options);
    line("drift events as they come", program + " tail drift-events --from-beginning" + options);
    if (stays) {
      line(
          "over REST",
          "curl -H \"X-API-Key: $(cat "
              + key.file()
              + ")\" '"
              + addresses.restUrl()
              + "/api/v1/drift-events?minSeverity=high'");
      line("state and addresses", program + " status" + options);
    }
    if (key.isNew()) {
      line("API key, shown this once", key.secret().reveal());
    }
    out.println();
    out.flush();
  }

  private void line(String what, String command) {
    out.println("  " + DisplayText.padRight(what, WIDTH) + command);
  }
}
